// An average in which the past fades.

/**
 * The next average: `average + weight · (value - average)`. Allocates nothing.
 *
 * @param average - so far; `undefined` before the first value
 * @param weight - of the new value, 0 to 1
 */
export function ema(average: number | undefined, value: number, weight: number): number {
  return average === undefined ? value : average + weight * (value - average);
}

/**
 * The weight of a value that came `elapsedMs` after the one before: values at odd times then fade by the clock and not by
 * their number.
 *
 * @param halfLifeMs - after so long half of the past is left; above 0
 */
export function emaWeight(elapsedMs: number, halfLifeMs: number): number {
  return 1 - 2 ** (-elapsedMs / halfLifeMs);
}
