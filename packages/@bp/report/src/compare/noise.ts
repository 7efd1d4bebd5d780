// Whether one run really earned more than another, or chance could have made the difference.
import type { Analysis } from "../analysis/analysis.ts";
import { bootstrap, intervalOf } from "../metrics/bootstrap.ts";
import { mean } from "../metrics/moments.ts";
import { stepsOf } from "./steps.ts";

/** The difference of what two runs earned, against what chance would make of it. */
export interface Noise {
  /** `equal`: not one step differs; `too-short`: fewer than 20 steps. */
  readonly verdict: "more-than-noise" | "not-more-than-noise" | "equal" | "too-short";
  /** B less A, of a step; `null` where it is too short. */
  readonly difference: number | null;
  /** So much of what could have been lies between the two. */
  readonly level: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided: how often chance alone makes a difference on the other side of 0. */
  readonly p: number | null;
  readonly unit: "fraction" | "quote";
  readonly steps: number;
  readonly stepMs: number;
  /** Step against step of the same moments; otherwise the runs are of different times, and the market's changes are in it too. */
  readonly paired: boolean;
}

const draws = 2_000;

/**
 * Draws the steps of both runs anew, in blocks, and looks how often the difference keeps its sign.
 *
 * @param comparisons - how many are made at once: the level is raised for all of them (Bonferroni)
 * @see Politis & Romano (1994), The stationary bootstrap
 */
export function noiseOf(a: Analysis, b: Analysis, comparisons = 1): Noise {
  const level = 1 - 0.05 / Math.max(1, comparisons);
  const steps = stepsOf(a, b);
  if (steps === undefined)
    return {
      verdict: "too-short",
      difference: null,
      level,
      low: null,
      high: null,
      p: null,
      unit: "quote",
      steps: 0,
      stepMs: 0,
      paired: false,
    };
  const { paired, unit, stepMs } = steps;
  const means = paired
    ? drawnMeans(
        steps.b.map((each, nth) => each - (steps.a[nth] ?? 0)),
        1,
      )
    : apart(steps.a, steps.b);
  const difference = (mean(steps.b) ?? 0) - (mean(steps.a) ?? 0);
  const range = intervalOf(means, level);
  const equal = paired && steps.a.every((each, nth) => each === steps.b[nth]);
  const sides = [means.filter((each) => each <= 0).length, means.filter((each) => each >= 0).length] as const;
  const p = Math.min(1, (2 * (Math.min(...sides) + 1)) / (draws + 1));
  const outside = range !== undefined && (range.low > 0 || range.high < 0);
  return {
    verdict: equal ? "equal" : outside ? "more-than-noise" : "not-more-than-noise",
    difference,
    level,
    low: range?.low ?? null,
    high: range?.high ?? null,
    p: equal ? 1 : p,
    unit,
    steps: Math.min(steps.a.length, steps.b.length),
    stepMs,
    paired,
  };
}

/** Each run by itself: their moments have nothing to do with each other. */
function apart(a: Float64Array, b: Float64Array): number[] {
  const others = drawnMeans(a, 2);
  return drawnMeans(b, 1).map((each, nth) => each - (others[nth] ?? 0));
}

function drawnMeans(steps: Float64Array, seed: number): number[] {
  const means: number[] = [];
  bootstrap(steps, { draws, seed }, (row) => means.push(mean(row) ?? 0));
  return means;
}
