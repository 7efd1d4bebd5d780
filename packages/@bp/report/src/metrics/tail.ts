// The bad ends of a row of returns.
import type { Numbers } from "./moments.ts";
import { quantileOfSorted } from "./quantile.ts";

/** Historical value at risk: what the worst `share` of periods lose at least, as a positive fraction. */
export function valueAtRisk(returns: Numbers, share = 0.05): number | undefined {
  const edge = quantileOfSorted(Float64Array.from(returns).toSorted(), share);
  return edge === undefined ? undefined : 0 - edge;
}

/**
 * Expected shortfall: what those periods lose on average: −mean(r | r ≤ quantile(share)).
 *
 * @see Rockafellar & Uryasev (2000)
 */
export function expectedShortfall(returns: Numbers, share = 0.05): number | undefined {
  const sorted = Float64Array.from(returns).toSorted();
  const edge = quantileOfSorted(sorted, share);
  if (edge === undefined) return undefined;
  let total = 0;
  let count = 0;
  for (; count < sorted.length && (sorted[count] ?? 0) <= edge; count++) total += sorted[count] ?? 0;
  return count === 0 ? undefined : 0 - total / count;
}

/** |95 % quantile| / |5 % quantile|: above 1 the good end is the longer one; `undefined` where the bad end is 0. */
export function tailRatio(returns: Numbers): number | undefined {
  const sorted = Float64Array.from(returns).toSorted();
  const [good, bad] = [quantileOfSorted(sorted, 0.95), quantileOfSorted(sorted, 0.05)];
  return good === undefined || bad === undefined || bad === 0 ? undefined : Math.abs(good) / Math.abs(bad);
}
