// How much returns vary, and how much of that is downwards, in a year.
import { deviation, type Numbers } from "./moments.ts";

/** Annual volatility: sample deviation of returns × √(periods per year). */
export function volatility(returns: Numbers, periodsPerYear: number): number | undefined {
  const each = deviation(returns);
  return each === undefined ? undefined : each * Math.sqrt(periodsPerYear);
}

/**
 * Downside deviation of one period: √(Σ min(r − least, 0)² / n), over all n.
 *
 * @param least - what a period should at least return, a fraction
 * @see Sortino & Price (1994)
 */
export function downside(returns: Numbers, least = 0): number | undefined {
  if (returns.length === 0) return undefined;
  let total = 0;
  for (let at = 0; at < returns.length; at++) total += Math.min((returns[at] ?? 0) - least, 0) ** 2;
  return Math.sqrt(total / returns.length);
}

/** Annual downside deviation below 0. */
export function downsideDeviation(returns: Numbers, periodsPerYear: number): number | undefined {
  const each = downside(returns);
  return each === undefined ? undefined : each * Math.sqrt(periodsPerYear);
}
