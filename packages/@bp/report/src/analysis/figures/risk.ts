// What was risked.
import { averageDrawdown, dips, drawdowns, ulcerIndex, worstDrawdowns } from "../../metrics/drawdown.ts";
import { kurtosis, skewness } from "../../metrics/moments.ts";
import { autocorrelation } from "../../metrics/sharpe.ts";
import { expectedShortfall, tailRatio, valueAtRisk } from "../../metrics/tail.ts";
import { downsideDeviation, volatility } from "../../metrics/volatility.ts";
import { figuresOf, type Gathered, sampling } from "../gathered.ts";
import type { Metric } from "../metric.ts";

/** The group. */
export function riskFigures(run: Gathered): readonly Metric[] {
  const { returns, equity, samples } = run;
  const how = sampling(run);
  const seen = "at each fill, mark, funding and beat";
  const deep = `${seen}; ${how}`;
  const when = `of the deepest fraction, or without a capital of the largest fall; ${deep}`;
  const below = drawdowns(equity);
  const found = dips(equity);
  const { deepest } = run;
  const at = (place: number) => samples.at[place] ?? 0;
  const lengths = found.map(({ from, recovered }) => at(recovered ?? equity.length - 1) - at(Math.max(0, from)));
  return figuresOf("risk", {
    volatility: [volatility(returns, samples.periodsPerYear), "fraction", `sample deviation × √periods; ${how}`],
    "downside-deviation": [
      downsideDeviation(returns, samples.periodsPerYear),
      "fraction",
      `root mean square of returns below 0, over all, × √periods; ${how}`,
    ],
    "max-drawdown": [run.maxDrawdown, "fraction", deep],
    "max-drawdown-amount": [run.maxFall, "quote", `the largest in money; ${seen}`],
    "max-drawdown-from": [deepest?.from, "moment", when],
    "max-drawdown-lowest": [deepest?.lowest, "moment", when],
    "max-drawdown-recovered": [deepest?.recovered, "moment", `none: not yet; ${when}`],
    "max-drawdown-recovery-time": [
      deepest === undefined || deepest.recovered === null ? undefined : deepest.recovered - deepest.lowest,
      "ms",
      when,
    ],
    "longest-drawdown": [
      lengths.length === 0 ? undefined : lengths.reduce((a, b) => Math.max(a, b)),
      "ms",
      `from a high to the next one or the end; ${how}`,
    ],
    "average-drawdown": [
      equity.length === 0 ? undefined : averageDrawdown(found),
      "fraction",
      `mean depth of all; ${how}`,
    ],
    "worst-drawdowns": [worstDrawdowns(below), "fraction", `mean of the deepest hundredth of samples; ${how}`],
    "ulcer-index": [ulcerIndex(below), "fraction", `root mean square drawdown; ${how}`],
    "value-at-risk-95": [valueAtRisk(returns), "fraction", `historical, of one period, a loss is positive; ${how}`],
    "value-at-risk-99": [
      valueAtRisk(returns, 0.01),
      "fraction",
      `historical, of one period, a loss is positive; ${how}`,
    ],
    "expected-shortfall-95": [expectedShortfall(returns), "fraction", `mean of what lies beyond; ${how}`],
    "tail-ratio": [tailRatio(returns), "ratio", `|95 % quantile| / |5 % quantile|; ${how}`],
    skew: [skewness(returns), "ratio", `population form; ${how}`],
    kurtosis: [kurtosis(returns), "ratio", `population form; ${how}`],
    autocorrelation: [autocorrelation(returns), "ratio", `of neighbours; ${how}`],
  });
}
