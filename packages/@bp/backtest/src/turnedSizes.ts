// The other half of another future: what is large becomes small, and what is small large.
import { type Tape, tapeRow } from "@bp/core";

const { bid, ask, bought, sold, open, close } = tapeRow;
const levels = 0;
const prints = 1;
const candles = 2;
/** Sizes of one kind are turned about their own middle. */
const groups: Readonly<Record<number, number>> = {
  [bid]: levels,
  [ask]: levels,
  [bought]: prints,
  [sold]: prints,
  [open]: candles,
  [close]: candles,
};

interface Sizes {
  count: number;
  logs: number;
  most: number;
}

/**
 * Turns the sizes of a tape about the geometric mean of their market and kind: twice as much becomes half as much. None becomes
 * larger than the largest that is there; a level that goes stays gone; a candle without volume gets a large one.
 *
 * @returns the size, lots, that stands where `size` stood in a row of a kind and a market; the same for rows without a size
 */
export function sizesTurned(tape: Tape): (kind: number, market: number, size: number) => number {
  const all: Sizes[] = [];
  for (let row = 0; row < tape.rows; row++) {
    const group = groups[(tape.kinds[row] ?? 0) & 0x7f];
    const size = tape.b[row] ?? 0;
    if (group === undefined || !(size > 0)) continue;
    const place = (tape.markets[row] ?? 0) * 3 + group;
    all[place] ??= { count: 0, logs: 0, most: 0 };
    const sizes = all[place];
    sizes.count += 1;
    sizes.logs += Math.log(size);
    if (size > sizes.most) sizes.most = size;
  }
  return (kind, market, size) => {
    const group = groups[kind];
    const sizes = group === undefined ? undefined : all[market * 3 + group];
    if (sizes === undefined || (size === 0 && group !== candles)) return size;
    const middle = Math.exp(sizes.logs / sizes.count);
    return Math.min(sizes.most, Math.max(1, Math.round((middle * middle) / Math.max(size, 0.5))));
  };
}
