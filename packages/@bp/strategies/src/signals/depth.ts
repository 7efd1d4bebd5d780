// The part of a book that a signal looks at.

/** Levels of one side, best first: price in ticks, size in lots. */
export type Depth = readonly (readonly [price: number, size: number])[];

/** The levels that stand within `reach` of a price, both ends included; best first as they came. */
export function band(levels: Depth, price: number, reach: number): Depth {
  const beyond = levels.findIndex(([at]) => Math.abs(at - price) > reach);
  return beyond === -1 ? levels : levels.slice(0, beyond);
}

/** The sum of their sizes. */
export function sizeOf(levels: Depth): number {
  let sum = 0;
  for (const [, size] of levels) sum += size;
  return sum;
}
