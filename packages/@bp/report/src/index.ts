// What leaves the package.
export type { Analysis } from "./analysis/analysis.ts";
export { type Analyst, createAnalyst } from "./analysis/analyst.ts";
export type { AnalystOptions } from "./analysis/folded.ts";
export type { AnalysisMeta, RunMeta } from "./analysis/meta.ts";
export type { Metric, MetricGroup, MetricUnit } from "./analysis/metric.ts";
export { metricName } from "./analysis/names.ts";
export type { FillPoints, MarketSeries, Points } from "./analysis/points.ts";
export type { Markout, ProfitSplit, SelectionAt } from "./analysis/split.ts";
export type {
  Confidence,
  Drawdown,
  Interval,
  Period,
  RoundTrip,
  Settlement,
  Table,
  TableRow,
  Trades,
} from "./analysis/tables.ts";
export { isShortRun, shortRun } from "./analysis/yearly.ts";
export type { CarriedDay, CarriedMarket, CarriedOrder, Carry } from "./carry.ts";
export type { Causes, Selection } from "./causes.ts";
export { chineseOf } from "./chinese/chinese.ts";
export { type ComparedMetric, type ComparedPart, type Comparison, compareRuns } from "./compare/compare.ts";
export { type Noise, noiseOf } from "./compare/noise.ts";
export { comparePage } from "./compare/page.ts";
export type { Same } from "./compare/same.ts";
export { compareText } from "./compare/text.ts";
export { type Lot, matchFifo, sumOfLots } from "./fifo.ts";
export {
  type DayFigures,
  type Figures,
  figuresOf,
  type InstrumentFigures,
  type Profit,
  type Ratios,
  type Stretch,
} from "./figures.ts";
export type { Glance } from "./glance.ts";
export { createHeard } from "./heard.ts";
export type { CountedFill } from "./market.ts";
export { kelly, kellyLeverage, riskOfRuin } from "./metrics/bets.ts";
export { type BootstrapOptions, bootstrap, intervalOf } from "./metrics/bootstrap.ts";
export { type Cone, coneOf } from "./metrics/cone.ts";
export {
  averageDrawdown,
  type Dip,
  dips,
  drawdowns,
  maxDrawdown,
  ulcerIndex,
  worstDrawdowns,
} from "./metrics/drawdown.ts";
export { deviation, kurtosis, mean, type Numbers, skewness } from "./metrics/moments.ts";
export { normalCdf, normalQuantile } from "./metrics/normal.ts";
export { type Overfitting, pbo } from "./metrics/pbo.ts";
export { quantile, quantileOfSorted } from "./metrics/quantile.ts";
export {
  calmar,
  commonSense,
  gainToPain,
  omega,
  recoveryFactor,
  serenity,
  sterling,
  ulcerPerformance,
} from "./metrics/ratios.ts";
export { type Regression, regression } from "./metrics/regression.ts";
export { cagr, compounded, expectedReturn, extremes, returnsOf, winShare, yearMs } from "./metrics/returns.ts";
export { type Rolling, rolling } from "./metrics/rolling.ts";
export { deflatedSharpe, luckySharpe, probabilisticSharpe, type SharpeSample } from "./metrics/selection.ts";
export { type Annual, autocorrelation, sharpe, smartSharpe, smartSortino, sortino } from "./metrics/sharpe.ts";
export { expectedShortfall, tailRatio, valueAtRisk } from "./metrics/tail.ts";
export { type TradeFigures, tradeFigures } from "./metrics/trades.ts";
export { downsideDeviation, volatility } from "./metrics/volatility.ts";
export { createMids, type Mids, markoutHorizons } from "./mids.ts";
export type { OrderCounts } from "./orders.ts";
export { fullText } from "./page/fullText.ts";
export { type PageOptions, reportPage } from "./page/page.ts";
export type { Both } from "./page/words.ts";
export type { Quoting, Touch } from "./quoting.ts";
export { type Summary, summaryOf } from "./summary.ts";
export { type Sums, type Volume, type Volumes, volumeSums } from "./sums.ts";
export { createTally, type Tally, type TallyOptions } from "./tally.ts";
export { fillLine } from "./text/fillLine.ts";
export { finalText } from "./text/final.ts";
export type { Look } from "./text/look.ts";
export {
  type MarketLines,
  type Pair,
  type Panel,
  type PriceLines,
  panelText,
  type SessionLines,
  sessionLines,
} from "./text/panel.ts";
export { reportJson, reportText } from "./text/report.ts";
export { displayWidth, pad } from "./text/width.ts";
