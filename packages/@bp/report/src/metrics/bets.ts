// How large a stake is right, and how likely it ruins.

/**
 * Kelly's share of the capital for bets that win `payoff` times what they lose: p − (1 − p)/payoff. Negative: do not bet.
 *
 * @param winRate - 0 to 1
 * @param payoff - mean win / mean loss, above 0
 * @see Kelly (1956)
 */
export function kelly(winRate: number | undefined, payoff: number | undefined): number | undefined {
  return winRate === undefined || payoff === undefined || payoff <= 0 ? undefined : winRate - (1 - winRate) / payoff;
}

/** Kelly's leverage for returns that are nearly normal: mean / variance of one period, risk-free rate 0. @see Thorp (2006) */
export function kellyLeverage(mean: number | undefined, deviation: number | undefined): number | undefined {
  return mean === undefined || deviation === undefined || deviation === 0 ? undefined : mean / deviation ** 2;
}

/**
 * Probability that a fraction of the capital is ever lost, if returns go on as they were, each on the capital of the start:
 * e^(−2·mean·loss / deviation²), 1 where the mean is not above 0.
 *
 * @param mean - of one period; @param deviation - of one period
 * @param loss - fraction of the capital, above 0. Default 0.5
 * @see Cox & Miller (1965), The theory of stochastic processes, first passage of a Wiener process with drift
 */
export function riskOfRuin(mean: number | undefined, deviation: number | undefined, loss = 0.5): number | undefined {
  if (mean === undefined || deviation === undefined || deviation === 0) return undefined;
  return mean <= 0 ? 1 : Math.exp((-2 * mean * loss) / deviation ** 2);
}
