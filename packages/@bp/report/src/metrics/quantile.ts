// The value below which a share of a row lies.
import type { Numbers } from "./moments.ts";

/**
 * Quantile between the two nearest values, linear.
 *
 * @param share - 0 to 1
 * @returns `undefined` of nothing
 * @see Hyndman & Fan (1996), type 7: numpy's and Excel's default
 */
export function quantile(values: Numbers, share: number): number | undefined {
  return quantileOfSorted(Float64Array.from(values).toSorted(), share);
}

/** The same of a row that ascends already. */
export function quantileOfSorted(sorted: Numbers, share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (place - below);
}
