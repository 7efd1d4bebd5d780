// How sure all of it is.
import { bootstrap, intervalOf } from "../../metrics/bootstrap.ts";
import { coneOf } from "../../metrics/cone.ts";
import { deviation, kurtosis, mean, skewness, sum } from "../../metrics/moments.ts";
import { deflatedSharpe, probabilisticSharpe } from "../../metrics/selection.ts";
import { figuresOf, type Gathered, sampling } from "../gathered.ts";
import type { RunMeta } from "../meta.ts";
import type { Metric } from "../metric.ts";
import type { Confidence, Interval } from "../tables.ts";

const level = 0.9;
const seed = 1;
/** Numbers that are drawn at most, so that a long run does not take long. */
const drawn = 3_000_000;
const paths = 1_000;
const steps = 100;

/** Intervals, cone, and what luck has to do with it. */
export function confidenceOf(run: Gathered, meta: RunMeta): Confidence {
  const { returns, samples } = run;
  const trials = meta.trials === undefined ? null : Math.max(1, meta.trials);
  const spread = deviation(returns);
  const sample =
    spread === undefined || spread === 0
      ? undefined
      : {
          sharpe: ((mean(returns) ?? 0) - run.riskFreeRate / samples.periodsPerYear) / spread,
          samples: returns.length,
          skew: skewness(returns) ?? 0,
          kurtosis: kurtosis(returns) ?? 3,
        };
  const changes = samples.earned.subarray(1).map((value, at) => value - (samples.earned[at] ?? 0));
  const cone = coneOf(changes, { paths, steps, seed });
  const deviationOfTrials = trials === 1 ? 0 : meta.trialsSharpeDeviation;
  return {
    intervals: intervalsOf(run, changes),
    cone:
      cone === undefined
        ? null
        : { paths, seed, at: cone.ends.map((end) => samples.at[end + 1] ?? 0), quantiles: cone.quantiles },
    trials,
    probabilisticSharpe: sample === undefined ? null : (probabilisticSharpe(sample) ?? null),
    deflatedSharpe:
      sample === undefined || trials === null || deviationOfTrials === undefined
        ? null
        : (deflatedSharpe(sample, { trials, deviation: deviationOfTrials }) ?? null),
    pbo: meta.pbo ?? null,
  };
}

/** The group. */
export function confidenceFigures(run: Gathered, confidence: Confidence): readonly Metric[] {
  const how = sampling(run);
  const of = (key: string) => confidence.intervals.find((each) => each.key === key);
  const range = `stationary bootstrap, blocks of ∛n samples on average, seed ${seed}; ${how}`;
  return figuresOf("confidence", {
    "probabilistic-sharpe": [
      confidence.probabilisticSharpe,
      "fraction",
      `that the true Sharpe ratio is above 0; not annual; ${how}`,
    ],
    "deflated-sharpe": [
      confidence.deflatedSharpe,
      "fraction",
      confidence.trials === null
        ? "how many runs were tried before this one was chosen is not told"
        : `that it is above what the best of ${confidence.trials} trials shows by luck; ${how}`,
    ],
    trials: [confidence.trials, "count", "runs that were tried before this one was chosen, itself included"],
    pbo: [confidence.pbo, "fraction", "combinatorially symmetric cross-validation over the trials"],
    "sharpe-low": [of("sharpe")?.low, "ratio", range],
    "sharpe-high": [of("sharpe")?.high, "ratio", range],
    "profit-low": [of("net-profit")?.low, "quote", range],
    "profit-high": [of("net-profit")?.high, "quote", range],
    samples: [run.returns.length, "count", how],
  });
}

function intervalsOf(run: Gathered, changes: Float64Array): readonly Interval[] {
  const { returns, samples } = run;
  const count = Math.max(returns.length, changes.length);
  if (count < 30) return [];
  const draws = Math.max(100, Math.min(1_000, Math.floor(drawn / count)));
  const root = Math.sqrt(samples.periodsPerYear);
  const free = run.riskFreeRate / samples.periodsPerYear;
  const ratios: number[] = [];
  bootstrap(returns, { draws, seed }, (row) => {
    const [total, square] = sumsOf(row);
    const variance = (square - (total * total) / row.length) / (row.length - 1);
    if (variance > 0) ratios.push(((total / row.length - free) / Math.sqrt(variance)) * root);
  });
  const profits: number[] = [];
  bootstrap(changes, { draws, seed }, (row) => profits.push(sum(row)));
  const named = (key: string, values: readonly number[]): readonly Interval[] => {
    const found = intervalOf(values, level);
    return found === undefined ? [] : [{ key, level, ...found }];
  };
  return [...named("sharpe", ratios), ...named("net-profit", profits)];
}

function sumsOf(row: Float64Array): readonly [number, number] {
  let [total, square] = [0, 0];
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? 0;
    total += value;
    square += value * value;
  }
  return [total, square];
}
