// The few statistics that are needed: all of them robust against a machine that does other things meanwhile.

/**
 * A value below which `share` of the values lie, interpolated between the two nearest.
 *
 * @param share - 0 to 1
 * @returns NaN without values
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** The value in the middle; NaN without values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The middle of the ratios round by round: what slows a whole round slows both.
 *
 * @returns NaN where there is no common round
 */
export function pairedRatio(own: readonly number[], other: readonly number[]): number {
  const rounds = Math.min(own.length, other.length);
  return median(Array.from({ length: rounds }, (_, round) => (own[round] ?? 0) / (other[round] ?? 0)));
}

/** How much y grows for each 1 of x, by least squares; NaN with fewer than two different x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const across = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return across / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
