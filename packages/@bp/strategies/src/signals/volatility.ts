// Volatility from prices sampled one after another: of all changes, with fading memory, and with the bounce taken out.

/**
 * The root of the mean squared change. Trends count as movement too, which is what a quote is hurt by.
 *
 * @param prices - at equal distances, in ticks; at least two
 * @returns ticks per step; 0 for fewer than two prices
 * @see Hummingbot, `instant_volatility`
 */
export function realizedVolatility(prices: readonly number[]): number {
  return Math.sqrt(squaredChanges(prices, 0, 1) / Math.max(1, prices.length - 1));
}

/**
 * The next variance: `λ · variance + (1 - λ) · change²`. Allocates nothing.
 *
 * @param variance - so far; `undefined` before the first change
 * @param change - of the price (or its logarithm) in this step
 * @param lambda - how much of the past stays, 0 to 1: 0.94 for days
 * @see J.P. Morgan (1996), RiskMetrics technical document
 */
export function ewmaVariance(variance: number | undefined, change: number, lambda: number): number {
  return variance === undefined ? change * change : lambda * variance + (1 - lambda) * change * change;
}

/**
 * Realised variance of prices that bounce between bid and ask: the mean over `scale` sparser grids, less the noise that the
 * finest one shows.
 *
 * @param prices - at equal distances, finer than a second; more than `scale` of them
 * @param scale - steps of the slow grid, 2 or more
 * @returns of the whole stretch, in squared units of the price; 0 where the noise outweighs it or prices are too few
 * @see Zhang, Mykland & Aït-Sahalia (2005), A tale of two time scales
 */
export function twoScaleVariance(prices: readonly number[], scale: number): number {
  const changes = prices.length - 1;
  if (changes < scale) return 0;
  let slow = 0;
  for (let start = 0; start < scale; start++) slow += squaredChanges(prices, start, scale);
  const perGrid = (changes - scale + 1) / scale;
  const variance = slow / scale - (perGrid / changes) * squaredChanges(prices, 0, 1);
  return Math.max(0, variance / (1 - perGrid / changes));
}

/** Deviation per root second of one that holds for steps of `stepMs`. */
export function perRootSecond(deviation: number, stepMs: number): number {
  return deviation / Math.sqrt(stepMs / 1000);
}

function squaredChanges(prices: readonly number[], start: number, stride: number): number {
  let sum = 0;
  let before = prices[start];
  for (let at = start + stride; at < prices.length; at += stride) {
    const price = prices[at];
    if (price === undefined || before === undefined) break;
    sum += (price - before) ** 2;
    before = price;
  }
  return sum;
}
