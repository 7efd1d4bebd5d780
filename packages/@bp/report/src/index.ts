// What leaves the package.
export type { Analysis } from "./analysis/analysis.ts";
export type { AnalysisMeta, RunMeta } from "./analysis/meta.ts";
export type { Metric, MetricGroup, MetricUnit } from "./analysis/metric.ts";
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
export type { CarriedDay, CarriedMarket, CarriedOrder, Carry } from "./carry.ts";
export type { Causes, Selection } from "./causes.ts";
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
export type { CountedFill } from "./market.ts";
export type { OrderCounts } from "./orders.ts";
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
