// Return over risk: Sharpe and Sortino, and what is left of them when returns follow one another.
import { deviation, mean, type Numbers } from "./moments.ts";
import { downside } from "./volatility.ts";

/** How a ratio is made annual. */
export interface Annual {
  readonly periodsPerYear: number;
  /** A year's, as a fraction. Default 0. */
  readonly riskFreeRate?: number;
}

/**
 * Sharpe ratio of a year: mean(r − rf/periods) / deviation(r) × √periods.
 *
 * @returns `undefined` with fewer than two returns or where nothing varies
 * @see Sharpe (1994)
 */
export function sharpe(returns: Numbers, { periodsPerYear, riskFreeRate = 0 }: Annual): number | undefined {
  const [middle, spread] = [mean(returns), deviation(returns)];
  if (middle === undefined || spread === undefined || spread === 0) return undefined;
  return ((middle - riskFreeRate / periodsPerYear) / spread) * Math.sqrt(periodsPerYear);
}

/** Sortino ratio of a year: mean excess / downside deviation below the risk-free rate × √periods. @see Sortino & Price (1994) */
export function sortino(returns: Numbers, { periodsPerYear, riskFreeRate = 0 }: Annual): number | undefined {
  const free = riskFreeRate / periodsPerYear;
  const [middle, below] = [mean(returns), downside(returns, free)];
  if (middle === undefined || below === undefined || below === 0) return undefined;
  return ((middle - free) / below) * Math.sqrt(periodsPerYear);
}

/** Correlation of each return with the one before it, −1 to 1; `undefined` where nothing varies. */
export function autocorrelation(returns: Numbers): number | undefined {
  const count = returns.length - 1;
  if (count < 2) return undefined;
  let [first, second] = [0, 0];
  for (let at = 0; at < count; at++) {
    first += returns[at] ?? 0;
    second += returns[at + 1] ?? 0;
  }
  first /= count;
  second /= count;
  let [both, one, other] = [0, 0, 0];
  for (let at = 0; at < count; at++) {
    const x = (returns[at] ?? 0) - first;
    const y = (returns[at + 1] ?? 0) - second;
    both += x * y;
    one += x * x;
    other += y * y;
  }
  return one === 0 || other === 0 ? undefined : both / Math.sqrt(one * other);
}

/**
 * By how much returns that follow one another understate their deviation over n of them:
 * √(1 + 2 Σₖ (n − k)/n · |ρ|ᵏ), k from 1 to n − 1; 1 where there is no correlation.
 *
 * @see Lo (2002), The statistics of Sharpe ratios; the geometric form is quantstats' "smart" one
 */
function autocorrelationPenalty(returns: Numbers): number {
  const rho = Math.abs(autocorrelation(returns) ?? 0);
  const count = returns.length;
  let total = 0;
  let power = 1;
  for (let lag = 1; lag < count; lag++) {
    power *= rho;
    if (power < 1e-18) break;
    total += ((count - lag) / count) * power;
  }
  return Math.sqrt(1 + 2 * total);
}

/** Sharpe ratio divided by the penalty for correlation. */
export function smartSharpe(returns: Numbers, annual: Annual): number | undefined {
  const ratio = sharpe(returns, annual);
  return ratio === undefined ? undefined : ratio / autocorrelationPenalty(returns);
}

/** Sortino ratio divided by the penalty for correlation. */
export function smartSortino(returns: Numbers, annual: Annual): number | undefined {
  const ratio = sortino(returns, annual);
  return ratio === undefined ? undefined : ratio / autocorrelationPenalty(returns);
}
