// Levels of frames and snapshots, between text, bytes and books.
import { type Book, BpError, type Instrument, type Level, toLots, toTicks } from "@bp/core";
import type { FrameSide } from "../wire/frameSide.ts";
import type { TextLevel } from "./form.ts";
import type { DepthFrame } from "./frame.ts";

/**
 * Puts a frame into a book.
 *
 * @returns false if the book is crossed after it
 */
export function applyFrame(book: Book, frame: DepthFrame): boolean {
  applySide(book, "bid", frame.bids);
  applySide(book, "ask", frame.asks);
  return !book.crossed;
}

function applySide(book: Book, side: "bid" | "ask", { count, prices, sizes }: FrameSide): void {
  for (let at = 0; at < count; at++) book.apply(side, prices[at] ?? 0, sizes[at] ?? 0);
}

/**
 * Levels of a snapshot as ticks and lots.
 *
 * @throws BpError `grid/*`, `book/bad-level` for a price or size below 0
 */
export function levelsOf(side: readonly TextLevel[], instrument: Instrument): Level[] {
  return side.map((level) => levelOf(level, instrument));
}

/**
 * Fills one side of a frame with levels of text.
 *
 * @throws BpError `grid/*`, `book/bad-level` for a price or size below 0
 */
export function fillSide(side: FrameSide, levels: readonly TextLevel[], instrument: Instrument): void {
  side.count = 0;
  for (const level of levels) side.push(...levelOf(level, instrument));
}

/** Refused here, before a book has taken half of a frame: it would stay valid without the other half. */
function levelOf([priceText, sizeText]: TextLevel, instrument: Instrument): Level {
  const price = toTicks(instrument, priceText);
  const size = toLots(instrument, sizeText);
  if (price < 0 || size < 0) throw new BpError("book/bad-level", { price, size });
  return [price, size];
}
