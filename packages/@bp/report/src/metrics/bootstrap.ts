// What else could have come of the same returns: drawn again in blocks, so that what follows one another stays together.
import { random } from "@bp/core";
import { quantileOfSorted } from "./quantile.ts";

/** How it is drawn. */
export interface BootstrapOptions {
  /** How often. */
  readonly draws: number;
  readonly seed: number;
  /** Mean length of a block; default ∛n, at least 1. */
  readonly block?: number;
}

/**
 * Draws rows of the same length by the stationary bootstrap: blocks of geometric length that wrap around the end.
 *
 * @param each - called with each drawn row; the array is used again for the next one
 * @see Politis & Romano (1994)
 */
export function bootstrap(returns: Float64Array, options: BootstrapOptions, each: (drawn: Float64Array) => void): void {
  const count = returns.length;
  if (count === 0) return;
  const block = options.block ?? Math.max(1, Math.cbrt(count));
  const chance = random(options.seed);
  const drawn = new Float64Array(count);
  const rest = Math.log(1 - 1 / block); // −∞ for blocks of one
  for (let draw = 0; draw < options.draws; draw++) {
    for (let at = 0; at < count; ) {
      let from = Math.floor(chance.next() * count);
      const length = 1 + Math.floor(Math.log(1 - chance.next()) / rest);
      for (const end = Math.min(count, at + length); at < end; at++) {
        drawn[at] = returns[from] ?? 0;
        from = from + 1 === count ? 0 : from + 1;
      }
    }
    each(drawn);
  }
}

/**
 * The middle part of what a figure came to over all draws.
 *
 * @param level - 0.9: from the 5 % to the 95 % quantile
 */
export function intervalOf(
  values: readonly number[],
  level: number,
): { readonly low: number; readonly high: number } | undefined {
  const sorted = Float64Array.from(values).toSorted();
  const low = quantileOfSorted(sorted, (1 - level) / 2);
  const high = quantileOfSorted(sorted, (1 + level) / 2);
  return low === undefined || high === undefined ? undefined : { low, high };
}
