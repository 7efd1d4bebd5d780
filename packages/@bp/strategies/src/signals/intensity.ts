// How often trades reach how deep into the book: counted step by step, and fitted by `λ(δ) = A · e^(-kδ)`.

/** What was counted. Plain data; the past fades. */
export interface Arrivals {
  /** For each depth 0, 1, 2 … ticks: weight of the steps in which a trade went deeper. */
  readonly deeper: readonly number[];
  /** Weight of all steps, one for each side. */
  readonly steps: number;
}

/** Nothing counted yet, for depths 0 to `depths - 1`. Take the near ones only: an exponential does not fit the whole range. */
export function noArrivals(depths: number): Arrivals {
  return { deeper: Array.from({ length: depths }, () => 0), steps: 0 };
}

/**
 * The counts with one more step of one side.
 *
 * @param deepest - ticks between the mid at the step's beginning and the trade that went deepest; `undefined`: no trade
 * @param keep - how much of the past stays, above 0, at most 1: `e^(-step / window)` for a window that fades
 */
export function withStep({ deeper, steps }: Arrivals, deepest: number | undefined, keep: number): Arrivals {
  return {
    deeper: deeper.map((weight, depth) => weight * keep + (deepest !== undefined && deepest > depth ? 1 : 0)),
    steps: steps * keep + 1,
  };
}

/** Arrivals a second at a depth of δ ticks: `arrivals · e^(-decay · δ)`. */
export interface Intensity {
  /** A, a second. */
  readonly arrivals: number;
  /** k, per tick. */
  readonly decay: number;
  /** R² of the line through the logarithms, 0 to 1. */
  readonly fit: number;
}

/**
 * The line through the logarithms of λ over the depths that were reached.
 *
 * @param stepMs - length of a step
 * @param leastFit - R² below which a fit is refused
 * @returns `undefined` where fewer than three depths were reached, arrivals do not fall with depth (k ≤ 0), or the fit is poor
 * @see Guéant, Lehalle & Fernandez-Tapia, arXiv 1105.3115; hftbacktest, tutorial on this model
 */
export function fitIntensity({ deeper, steps }: Arrivals, stepMs: number, leastFit: number): Intensity | undefined {
  const reached = deeper.findIndex((weight) => weight <= 1e-9 * steps);
  const points = deeper.slice(0, reached === -1 ? deeper.length : reached);
  if (steps === 0 || points.length < 3) return undefined;
  const seconds = (steps * stepMs) / 1000;
  const logs = points.map((weight) => Math.log(weight / seconds));
  const { slope, intercept, fit } = lineThrough(logs);
  if (!(slope < 0) || !(fit >= leastFit)) return undefined;
  return { arrivals: Math.exp(intercept), decay: -slope, fit };
}

/** Least squares through the points `(0, y0), (1, y1) …`. */
function lineThrough(ys: readonly number[]): {
  readonly slope: number;
  readonly intercept: number;
  readonly fit: number;
} {
  const meanX = (ys.length - 1) / 2;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of ys.entries()) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
    yy += (y - meanY) ** 2;
  }
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX, fit: yy === 0 ? 0 : (xy * xy) / (xx * yy) };
}
