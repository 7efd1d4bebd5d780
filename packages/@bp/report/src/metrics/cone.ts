// Monte Carlo cone: where equity could have been, had the same stretches come in another order.
import { random } from "@bp/core";
import { quantileOfSorted } from "./quantile.ts";

/** Quantiles of the paths at each step. */
export interface Cone {
  /** Place in the row of changes after which each step ends. */
  readonly ends: readonly number[];
  readonly quantiles: readonly { readonly quantile: number; readonly value: readonly number[] }[];
}

const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * Puts stretches of a run together anew, each from anywhere (the end goes on at the beginning), and adds up.
 *
 * @param changes - of equity, in money: they add up, whatever the capital
 * @param steps - of the cone; fewer where there are fewer changes
 * @see Efron & Tibshirani (1993), moving block bootstrap
 */
export function coneOf(
  changes: Float64Array,
  { paths, steps, seed }: { readonly paths: number; readonly steps: number; readonly seed: number },
): Cone | undefined {
  const count = changes.length;
  if (count < 2) return undefined;
  const sums = new Float64Array(2 * count + 1); // the row twice: a stretch may go over its end
  for (let at = 0; at < 2 * count; at++) sums[at + 1] = (sums[at] ?? 0) + (changes[at % count] ?? 0);
  const wide = Math.min(steps, count);
  const ends = Array.from({ length: wide }, (_, step) => Math.floor(((step + 1) * count) / wide));
  const chance = random(seed);
  const columns = ends.map(() => new Float64Array(paths));
  for (let path = 0; path < paths; path++) {
    let value = 0;
    let before = 0;
    for (const [step, end] of ends.entries()) {
      const from = Math.floor(chance.next() * count);
      value += (sums[from + end - before] ?? 0) - (sums[from] ?? 0);
      before = end;
      const column = columns[step];
      if (column !== undefined) column[path] = value;
    }
  }
  for (const column of columns) column.sort();
  return {
    ends: ends.map((end) => end - 1),
    quantiles: shares.map((quantile) => ({
      quantile,
      value: columns.map((column) => quantileOfSorted(column, quantile) ?? 0),
    })),
  };
}
