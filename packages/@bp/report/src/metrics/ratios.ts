// Return over other kinds of pain: drawdowns, losses, ulcers. Each is `undefined` where the pain is 0.
import { deviation, type Numbers, sum } from "./moments.ts";
import { expectedShortfall } from "./tail.ts";

/** `undefined` stays, and so does a division by nothing. */
function ratio(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined || below === 0 ? undefined : above / below;
}

/** Annual growth / |max drawdown|. @see Young (1991) */
export function calmar(growth: number | undefined, deepest: number | undefined): number | undefined {
  return ratio(growth, deepest === undefined ? undefined : Math.abs(deepest));
}

/** Annual growth / |mean depth of all drawdowns|. Kestner (1996) takes the largest of each year and adds 10 %; runs here are shorter. */
export function sterling(growth: number | undefined, average: number): number | undefined {
  return ratio(growth, Math.abs(average));
}

/** Σ max(r − threshold, 0) / Σ max(threshold − r, 0). @see Keating & Shadwick (2002) */
export function omega(returns: Numbers, threshold = 0): number | undefined {
  let [won, lost] = [0, 0];
  for (let at = 0; at < returns.length; at++) {
    const over = (returns[at] ?? 0) - threshold;
    if (over > 0) won += over;
    else lost -= over;
  }
  return ratio(won, lost);
}

/** Σ r / Σ |r below 0|. @see Schwager (2012), Hedge Fund Market Wizards */
export function gainToPain(returns: Numbers): number | undefined {
  let lost = 0;
  for (let at = 0; at < returns.length; at++) lost -= Math.min(returns[at] ?? 0, 0);
  return ratio(sum(returns), lost);
}

/** (Annual growth − risk-free rate) / ulcer index. @see Martin & McCann (1989) */
export function ulcerPerformance(
  growth: number | undefined,
  riskFreeRate: number,
  ulcer: number | undefined,
): number | undefined {
  return ratio(growth === undefined ? undefined : growth - riskFreeRate, ulcer);
}

/**
 * Serenity ratio: (Σ r − risk-free rate) / (ulcer index × pitfall), where pitfall = expected shortfall of the drawdowns /
 * deviation of returns.
 *
 * @see KeyQuant (2015), The Serenity Ratio; quantstats' form
 */
export function serenity(
  returns: Numbers,
  below: Numbers,
  ulcer: number | undefined,
  riskFreeRate = 0,
): number | undefined {
  const pitfall = ratio(expectedShortfall(below), deviation(returns));
  if (pitfall === undefined || ulcer === undefined) return undefined;
  return ratio(sum(returns) - riskFreeRate, ulcer * pitfall);
}

/** Total return / |max drawdown|. */
export function recoveryFactor(total: number | undefined, deepest: number | undefined): number | undefined {
  return ratio(total, deepest === undefined ? undefined : Math.abs(deepest));
}

/** Profit factor × tail ratio. @see Smitten, common sense ratio (quantstats) */
export function commonSense(profitFactor: number | undefined, tail: number | undefined): number | undefined {
  return profitFactor === undefined || tail === undefined ? undefined : profitFactor * tail;
}
