// A run beside a benchmark: how much of it is the market.
import { mean, type Numbers } from "./moments.ts";
import type { Annual } from "./sharpe.ts";

/** What a run has to do with its benchmark. */
export interface Regression {
  /** Slope of own returns over the benchmark's. */
  readonly beta: number;
  /** What is earned beyond beta, a year's, arithmetic: (mean(r) − rf − β(mean(b) − rf)) × periods. */
  readonly alpha: number;
  /** Share of the variance that the benchmark explains, 0 to 1. */
  readonly r2: number;
  readonly correlation: number;
  /** (mean(r) × periods − rf) / β; `undefined` where beta is 0. @see Treynor (1965) */
  readonly treynor: number | undefined;
  /** mean(r − b) / deviation(r − b) × √periods; `undefined` where the two never differ. @see Grinold & Kahn (1995) */
  readonly information: number | undefined;
}

/**
 * Least squares of returns over those of a benchmark, period by period.
 *
 * @returns `undefined` with fewer than two, with different lengths, or where either does not vary
 * @see Jensen (1968)
 */
export function regression(returns: Numbers, benchmark: Numbers, annual: Annual): Regression | undefined {
  const count = returns.length;
  const [own, theirs] = [mean(returns), mean(benchmark)];
  if (count < 2 || benchmark.length !== count || own === undefined || theirs === undefined) return undefined;
  let [both, one, other, active] = [0, 0, 0, 0];
  for (let at = 0; at < count; at++) {
    const x = (benchmark[at] ?? 0) - theirs;
    const y = (returns[at] ?? 0) - own;
    both += x * y;
    one += x * x;
    other += y * y;
    active += (y - x) ** 2;
  }
  if (one === 0 || other === 0) return undefined;
  const { periodsPerYear, riskFreeRate = 0 } = annual;
  const free = riskFreeRate / periodsPerYear;
  const beta = both / one;
  const correlation = both / Math.sqrt(one * other);
  const tracking = Math.sqrt(active / (count - 1));
  return {
    beta,
    alpha: (own - free - beta * (theirs - free)) * periodsPerYear,
    r2: correlation ** 2,
    correlation,
    treynor: beta === 0 ? undefined : (own * periodsPerYear - riskFreeRate) / beta,
    information: tracking === 0 ? undefined : ((own - theirs) / tracking) * Math.sqrt(periodsPerYear),
  };
}
