// Levels of frames and snapshots, between text, bytes and books.
import { type Book, type Instrument, type Level, toLots, toTicks } from "@bp/core";
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
 * @throws BpError `grid/*`
 */
export function levelsOf(side: readonly TextLevel[], instrument: Instrument): Level[] {
  return side.map(([price, size]) => [toTicks(instrument, price), toLots(instrument, size)] as const);
}

/**
 * Fills one side of a frame with levels of text.
 *
 * @throws BpError `grid/*`
 */
export function fillSide(side: FrameSide, levels: readonly TextLevel[], instrument: Instrument): void {
  side.count = 0;
  for (const [price, size] of levels) side.push(toTicks(instrument, price), toLots(instrument, size));
}
