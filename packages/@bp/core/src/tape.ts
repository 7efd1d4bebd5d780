// A recorded market as columns: what a backtest, the sandbox and a report walk through, whatever file it came from.
import type { Instrument } from "./instrument.ts";
import type { Millis } from "./units.ts";

/**
 * What a row says, and what its two values are. Rows of one message follow each other; the last one carries `last`.
 *
 * | kind | `a` | `b` |
 * |---|---|---|
 * | `bid`, `ask` | price, ticks | the level's new absolute size, lots; 0 removes it |
 * | `bought`, `sold` | price, ticks | size, lots: a print whose taker bought or sold |
 * | `mark` | mark, ticks, may have a fraction | index, ticks, may have a fraction |
 * | `funding` | rate, fraction of notional per interval; positive: longs pay | when it is paid, ms since 1970 |
 * | `reset` | 0 | 0: the book is void; the levels that follow in the same message are all of it |
 * | `lost` | 0 | 0: from here on the recording has a gap, until the next `reset` |
 * | `open`, `close` | price of a candle, ticks | its volume, lots |
 * | `swing1`, `swing2` | high, ticks | low, ticks: the two extremes of a candle; which one is first is decided when it is played |
 */
export const tapeRow = {
  bid: 0,
  ask: 1,
  bought: 2,
  sold: 3,
  mark: 4,
  funding: 5,
  reset: 6,
  lost: 7,
  open: 8,
  swing1: 9,
  swing2: 10,
  close: 11,
} as const;

/** Added to the kind of the last row of a message. */
export const lastOfMessage = 0x80;

/**
 * Recorded markets, in the order in which they reached whoever recorded them (`at` never goes back). Candles have four
 * messages each, at their open, after a third and two thirds of it, and a millisecond before the next one.
 *
 * The arrays may lie on a `SharedArrayBuffer`; nobody writes to them.
 */
export interface Tape {
  /** At most 256; rows name them by their place here. */
  readonly instruments: readonly Instrument[];
  /** Rows in each of the columns; they may be longer. */
  readonly rows: number;
  /** One of `tapeRow`, with `lastOfMessage` on the last row of a message. */
  readonly kinds: Uint8Array;
  /** Place in `instruments`. */
  readonly markets: Uint8Array;
  /** When the venue says it happened, ms since 1970; may have a fraction. */
  readonly venueAt: Float64Array;
  /** When it was received, ms since 1970; may have a fraction. Equal to `venueAt` where the source does not tell. */
  readonly at: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** SHA-256 over instruments and columns, hex: the same data has the same digest, whatever file it came from. */
  readonly digest: string;
  /** What it cannot show, in plain words, for every result that is made of it: `no queue positions: it has candles only`. */
  readonly lacks: readonly string[];
}

/** The moments of the first and the last row; `undefined` of an empty tape. */
export function tapeSpan(tape: Tape): { readonly from: Millis; readonly to: Millis } | undefined {
  const { rows, at } = tape;
  if (rows === 0) return undefined;
  return { from: Math.floor(at[0] ?? 0) as Millis, to: Math.ceil(at[rows - 1] ?? 0) as Millis }; // whole by the rounding
}
