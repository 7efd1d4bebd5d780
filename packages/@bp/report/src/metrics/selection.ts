// Selection bias: how likely skill is, and how likely when the best of many was picked.
import { normalCdf, normalQuantile } from "./normal.ts";

/** What is known of the returns whose Sharpe ratio is judged. None of it annual. */
export interface SharpeSample {
  /** Per sample. */
  readonly sharpe: number;
  readonly samples: number;
  readonly skew: number;
  /** 3 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Probability that the true Sharpe ratio is above `benchmark`:
 * Φ((SR − SR*)·√(n − 1) / √(1 − skew·SR + (kurt − 1)/4·SR²)).
 *
 * @param benchmark - SR*, per sample. Default 0
 * @returns 0 to 1; `undefined` with fewer than two samples or where the root is of a negative number
 * @see Bailey & López de Prado (2012), The Sharpe ratio efficient frontier
 */
export function probabilisticSharpe(
  { sharpe, samples, skew, kurtosis }: SharpeSample,
  benchmark = 0,
): number | undefined {
  const variance = 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  if (samples < 2 || !(variance > 0)) return undefined;
  return normalCdf(((sharpe - benchmark) * Math.sqrt(samples - 1)) / Math.sqrt(variance));
}

/** Euler's constant. */
const gamma = 0.577_215_664_901_532_9;

/**
 * The Sharpe ratio that the best of `trials` shows when none has skill:
 * deviation × ((1 − γ)Φ⁻¹(1 − 1/N) + γΦ⁻¹(1 − 1/(N·e))), γ = 0.5772 (Euler's constant). 0 for one trial.
 *
 * @param deviation - of the trials' Sharpe ratios, per sample
 * @see Bailey & López de Prado (2014), The deflated Sharpe ratio
 */
export function luckySharpe(trials: number, deviation: number): number {
  if (trials <= 1) return 0;
  return deviation * ((1 - gamma) * normalQuantile(1 - 1 / trials) + gamma * normalQuantile(1 - 1 / (trials * Math.E)));
}

/**
 * Deflated Sharpe ratio: the probability that the true Sharpe ratio is above what the best of so many trials shows by luck.
 *
 * @param trials - how many were tried, this one included, 1 or more
 * @param deviation - of the trials' Sharpe ratios, per sample
 */
export function deflatedSharpe(
  sample: SharpeSample,
  { trials, deviation }: { readonly trials: number; readonly deviation: number },
): number | undefined {
  return probabilisticSharpe(sample, luckySharpe(trials, deviation));
}
