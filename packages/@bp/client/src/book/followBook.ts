// A book kept from its stream: frame, sequence check, book, in one synchronous chain.

import { type FrameSide, jsonOf, schemaError } from "@bp/adapter";
import {
  type Book,
  BpError,
  createBook,
  createSequence,
  type Instrument,
  isBpError,
  type Level,
  type Millis,
  symbolOf,
  toLots,
  toTicks,
} from "@bp/core";
import type { Depth } from "../rest/markets/depth.ts";
import { depthUpdate } from "../streams/depth.ts";
import { DepthFrame, depthReader } from "../wire/depthBytes.ts";

/** A change that was applied. The frame is used again for the next one: take out what is to be kept. */
export type BookChange = DepthFrame;

/** Why a book can no longer be trusted. */
export type LossReason = "gap" | "stale-snapshot" | "crossed" | "bad-frame" | "too-many-waiting";

/** Whose book it is, and who hears of it. Callbacks are called in the turn of the frame. */
export interface FollowBookOptions {
  readonly instrument: Instrument;
  /** Default: a book of core's default size. */
  readonly book?: Book;
  /** A snapshot was put into the book. */
  readonly onReset?: (bids: readonly Level[], asks: readonly Level[], time: number, at: Millis) => void;
  /** A frame was put into the book. */
  readonly onChange?: (change: BookChange, at: Millis) => void;
  /** The book is invalid from now on: ask for a snapshot. Called once for each loss. */
  readonly onLost?: (why: LossReason) => void;
  /** A frame that could not be read at all. */
  readonly onBad?: (error: BpError) => void;
}

/** `buffered`: no snapshot yet. `lost`: the book has just become invalid, or the frame could not be read. */
export type FollowVerdict = "applied" | "dropped" | "buffered" | "lost";

/** What became of the frames, since the start. */
export interface FollowCounts {
  readonly frames: number;
  /** Read by `JSON.parse` and schema because the fast way met a surprise. */
  readonly slow: number;
  /** Not readable either way. */
  readonly bad: number;
  /** Losses of a valid book. */
  readonly lost: number;
}

/**
 * A book and the stream that it follows. It reads as empty from the moment a frame is missing until the next snapshot.
 */
export interface BookFollower {
  readonly book: Book;
  readonly counts: FollowCounts;
  /** Whether the book is valid and follows the stream. */
  readonly live: boolean;
  /** The update id up to which the book is known; `undefined` while it is not live. */
  readonly lastUpdateId: number | undefined;
  /** Takes a whole frame as it came off the socket. */
  frame(bytes: Uint8Array, at: Millis): FollowVerdict;
  /**
   * Takes a snapshot (`rest.markets.depth`, limit 1000) and the frames that wait.
   *
   * @returns false if it is too old for them: wait 250 ms or more and take another
   * @throws BpError `grid/*` for a price or size that is not on the instrument's grid
   */
  snapshot(depth: Depth, at: Millis): boolean;
  /** The connection is gone. The book is invalid and what waits is void. */
  lose(): void;
}

/** Most frames that wait for a snapshot: several seconds of the busiest market. */
const mostWaiting = 10_000;

/**
 * Keeps a book. Prices and sizes are read from the bytes by offset; at the first surprise the frame is read by `JSON.parse` and its
 * schema, and counted. Every frame must follow on from the one before (`U` = last `u` + 1): otherwise, and when the book is crossed,
 * it is invalid at once.
 *
 * @example
 * const follower = followBook({ instrument, onLost: () => resync() });
 * backpack.streams.depth("SOL_USDC_PERP").onBytes(follower.frame);
 * follower.snapshot(await backpack.rest.markets.depth({ symbol: "SOL_USDC_PERP", limit: 1000 }), clock.now());
 */
export function followBook(options: FollowBookOptions): BookFollower {
  const { instrument, onReset, onChange, onLost, onBad } = options;
  const symbol = symbolOf(instrument.id);
  const book = options.book ?? createBook();
  const read = depthReader(symbol, instrument);
  const sequence = createSequence("backpack");
  const frame = new DepthFrame();
  let waiting: { readonly bytes: Uint8Array; readonly at: Millis }[] = [];
  let frames = 0;
  let slow = 0;
  let bad = 0;
  let lost = 0;

  const fail = (why: LossReason) => {
    sequence.lost();
    if (!book.valid) return;
    book.lose();
    lost += 1;
    onLost?.(why);
  };

  const apply = (at: Millis): boolean => {
    applySide(book, "bid", frame.bids);
    applySide(book, "ask", frame.asks);
    if (book.crossed) return false;
    book.stamp(at);
    return true;
  };

  /** Fills `frame`; false if it cannot be read. */
  const decode = (bytes: Uint8Array): boolean => {
    if (read(bytes, frame)) return true;
    slow += 1;
    try {
      readSlowly(bytes, symbol, instrument, frame);
      return true;
    } catch (error) {
      bad += 1;
      onBad?.(
        isBpError(error) ? error : new BpError("wire/not-json", { what: `frame of ${symbol}`, raw: String(error) }),
      );
      return false;
    }
  };

  const keep = (bytes: Uint8Array, at: Millis) => {
    if (waiting.length >= mostWaiting) waiting = waiting.slice(mostWaiting / 2); // a snapshot ahead of the rest still fits
    waiting.push({ bytes: new Uint8Array(bytes), at }); // a copy, which `slice` of a Buffer is not
  };

  const take = (bytes: Uint8Array, at: Millis): FollowVerdict => {
    const verdict = sequence.judge(frame.first, frame.last);
    if (verdict === "apply") {
      if (!apply(at)) {
        fail("crossed");
        return "lost";
      }
      onChange?.(frame, at);
      return "applied";
    }
    if (verdict === "drop") return "dropped";
    keep(bytes, at);
    if (verdict === "buffer") return "buffered";
    fail(verdict);
    return "lost";
  };

  return {
    book,
    get counts() {
      return { frames, slow, bad, lost };
    },
    get live() {
      return book.valid;
    },
    get lastUpdateId() {
      return book.valid ? sequence.last : undefined;
    },
    frame: (bytes, at) => {
      frames += 1;
      if (decode(bytes)) return take(bytes, at);
      fail("bad-frame"); // whatever it said is missing from now on
      return "lost";
    },
    snapshot: (depth, at) => {
      const bids = levelsOf(depth.bids, instrument);
      const asks = levelsOf(depth.asks, instrument);
      const kept = waiting;
      if (!follows(kept, depth.lastUpdateId, decode, frame)) return false;
      book.reset(bids, asks, at);
      if (book.crossed) {
        book.lose();
        sequence.lost();
        return false;
      }
      waiting = [];
      sequence.snapshot(depth.lastUpdateId);
      onReset?.(bids, asks, depth.timestamp, at);
      for (const each of kept) if (book.valid && decode(each.bytes)) take(each.bytes, each.at);
      return book.valid;
    },
    lose: () => {
      waiting = [];
      sequence.lost();
      book.lose();
    },
  };
}

/** Whether the frames that wait connect to a snapshot, one after the other. */
function follows(
  kept: readonly { readonly bytes: Uint8Array }[],
  lastUpdateId: number,
  decode: (bytes: Uint8Array) => boolean,
  frame: DepthFrame,
): boolean {
  let last = lastUpdateId;
  for (const { bytes } of kept) {
    if (!decode(bytes)) return false;
    if (frame.last <= last) continue;
    if (frame.first > last + 1) return false;
    last = frame.last;
  }
  return true;
}

function applySide(book: Book, side: "bid" | "ask", { count, prices, sizes }: FrameSide): void {
  for (let at = 0; at < count; at++) book.apply(side, prices[at] ?? 0, sizes[at] ?? 0);
}

function levelsOf(side: Depth["bids"], instrument: Instrument): Level[] {
  return side.map(([price, size]) => [toTicks(instrument, price), toLots(instrument, size)] as const);
}

/** The way around: any spacing, any order, numbers as text or not. */
function readSlowly(bytes: Uint8Array, symbol: string, instrument: Instrument, frame: DepthFrame): void {
  const text = new TextDecoder().decode(bytes);
  const value = jsonOf(text);
  const what = `depth frame of ${symbol}`;
  if (value === undefined) throw new BpError("wire/not-json", { what, raw: text.slice(0, 500) });
  const { data } = (typeof value === "object" && value !== null ? value : {}) as { readonly data?: unknown }; // any object may be asked
  const result = depthUpdate.safeParse(data);
  if (!result.success) throw schemaError(what, result.error, data);
  if (result.data.s !== symbol)
    throw new BpError("wire/schema", { what, path: "s", expected: symbol, raw: result.data.s });
  frame.first = result.data.U;
  frame.last = result.data.u;
  frame.time = result.data.T;
  frame.bids.count = 0;
  frame.asks.count = 0;
  for (const [price, size] of result.data.b) frame.bids.push(toTicks(instrument, price), toLots(instrument, size));
  for (const [price, size] of result.data.a) frame.asks.push(toTicks(instrument, price), toLots(instrument, size));
}
