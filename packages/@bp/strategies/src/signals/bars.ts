// Prices as bars of a fixed length in time, so that what is measured on them does not depend on how often somebody looks.
import { type Millis, millis } from "@bp/core";

/** Open, high, low and close; all in the unit of the prices that were fed. */
export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Bars so far. Plain data, never changed in place. */
export interface Bars {
  /** Closed ones, oldest first. */
  readonly closed: readonly Bar[];
  /** The one that is being formed. */
  readonly open: Bar | undefined;
  /** When it ends. */
  readonly ends: Millis;
}

/** Before the first price. */
export const noBars: Bars = { closed: [], open: undefined, ends: millis(0) };

/**
 * The bars with one more price; the same object where nothing changed. Bars begin at whole multiples of their length. A stretch
 * without a price makes flat bars at the last close.
 *
 * @param at - not before the last one
 * @param widthMs - length of a bar
 * @param keep - how many closed bars are kept
 */
export function withPrice(bars: Bars, at: Millis, price: number, widthMs: number, keep: number): Bars {
  const { open } = bars;
  if (open !== undefined && at < bars.ends) {
    if (price === open.close) return bars;
    const { high, low } = open;
    return {
      ...bars,
      open: { open: open.open, high: Math.max(high, price), low: Math.min(low, price), close: price },
    };
  }
  const ends = millis(at - (at % widthMs) + widthMs);
  return {
    closed: open === undefined ? bars.closed : closing(bars, open, ends, widthMs, keep),
    open: flat(price),
    ends,
  };
}

function closing(
  { closed, ends: ended }: Bars,
  open: Bar,
  ends: number,
  widthMs: number,
  keep: number,
): readonly Bar[] {
  const silent = Math.min(keep, Math.round((ends - ended) / widthMs) - 1);
  const gap = Array.from({ length: silent }, () => flat(open.close));
  return [...closed, open, ...gap].slice(-keep);
}

const flat = (price: number): Bar => ({ open: price, high: price, low: price, close: price });
