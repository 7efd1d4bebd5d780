// A book kept from its stream: frame, sequence check, book, in one synchronous chain.
import {
  type Book,
  BpError,
  createBook,
  createSequence,
  type Instrument,
  isBpError,
  type Level,
  type Millis,
} from "@bp/core";
import { applyFrame, levelsOf } from "./apply.ts";
import type { BookForm } from "./form.ts";
import { DepthFrame } from "./frame.ts";
import { createWaiting, follows, previousOf } from "./waiting.ts";

/** Why a book can no longer be trusted. */
export type LossReason = "gap" | "stale-snapshot" | "crossed" | "bad-frame";

/** Whose book it is, and who hears of it. Callbacks are called in the turn of the frame. */
export interface FollowOptions {
  readonly instrument: Instrument;
  /** Default: a book of core's default size. */
  readonly book?: Book;
  /** A snapshot was put into the book; `time` is in the venue's unit. */
  readonly onReset?: (bids: readonly Level[], asks: readonly Level[], time: number, at: Millis) => void;
  /** A frame was put into the book. It is used again for the next one: take out what is to be kept. */
  readonly onChange?: (change: DepthFrame, at: Millis) => void;
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
export interface Follower<S> {
  readonly book: Book;
  readonly counts: FollowCounts;
  /** Whether the book is valid and follows the stream. */
  readonly live: boolean;
  /** The update id up to which the book is known; `undefined` while it is not live. */
  readonly lastUpdateId: number | undefined;
  /** Takes a whole frame as it came off the socket. */
  frame(bytes: Uint8Array, at: Millis): FollowVerdict;
  /**
   * Takes a snapshot and the frames that wait.
   *
   * @returns false if it is too old for them: wait 250 ms or more and take another
   * @throws BpError `grid/*` for a price or size that is not on the instrument's grid, `book/bad-level` for one below 0
   */
  snapshot(answer: S, at: Millis): boolean;
  /** The connection is gone. The book is invalid and what waits is void. */
  lose(): void;
}

/**
 * Keeps a book. Prices and sizes are read from the bytes by offset; at the first surprise the frame is read by `JSON.parse` and its
 * schema, and counted. Every frame must follow on from the one before: otherwise, and when the book is crossed, it is invalid at once.
 */
export function follow<S>(form: BookForm<S>, options: FollowOptions): Follower<S> {
  const { instrument, onReset, onChange, onLost, onBad } = options;
  const { rule, read, readSlowly, snapshotOf } = form;
  const book = options.book ?? createBook();
  const sequence = createSequence(rule);
  const frame = new DepthFrame();
  const waiting = createWaiting();
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

  /** Fills `frame`; false if it cannot be read. */
  const decode = (bytes: Uint8Array): boolean => {
    if (read(bytes, frame)) return true;
    slow += 1;
    try {
      readSlowly(bytes, frame);
      return true;
    } catch (error) {
      bad += 1;
      const what = `frame of ${instrument.id}`;
      onBad?.(isBpError(error) ? error : new BpError("wire/not-json", { what, raw: String(error) }));
      return false;
    }
  };

  const take = (bytes: Uint8Array, at: Millis): FollowVerdict => {
    const verdict = sequence.judge(frame.first, frame.last, previousOf(frame));
    if (verdict === "apply") {
      if (!applyFrame(book, frame)) {
        fail("crossed");
        return "lost";
      }
      book.stamp(at);
      onChange?.(frame, at);
      return "applied";
    }
    if (verdict === "drop") return "dropped";
    waiting.keep(bytes, at);
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
    snapshot: (answer, at) => {
      const { lastUpdateId, time, bids: bidTexts, asks: askTexts } = snapshotOf(answer);
      const bids = levelsOf(bidTexts, instrument);
      const asks = levelsOf(askTexts, instrument);
      const kept = waiting.all();
      if (!follows(rule, lastUpdateId, kept, (bytes) => (decode(bytes) ? frame : undefined))) return false;
      book.reset(bids, asks, at);
      if (book.crossed) {
        book.lose();
        sequence.lost();
        return false;
      }
      waiting.clear();
      sequence.snapshot(lastUpdateId);
      onReset?.(bids, asks, time, at);
      for (const each of kept) if (book.valid && decode(each.bytes)) take(each.bytes, each.at);
      return book.valid;
    },
    lose: () => {
      waiting.clear();
      sequence.lost();
      book.lose();
    },
  };
}
