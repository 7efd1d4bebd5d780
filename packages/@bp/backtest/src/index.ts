// What leaves the package.
export { type Cut, type LookAhead, lookAheadCheck } from "./ahead.ts";
export { type BarColumns, checkBars } from "./bars/columns.ts";
export type { BarOrders } from "./bars/orders.ts";
export { type BarRule, type BarsOptions, type BarsResult, runBars } from "./bars/runBars.ts";
export { smaCross } from "./bars/smaCross.ts";
export { compareFills, type FillComparison, type FillPair } from "./fit/compareFills.ts";
export { fitLatency, type LatencyCurve, type LatencyFit } from "./fit/latencyFit.ts";
export { type DatedEntry, type OwnOrder, type OwnTrade, ownOrdersOf } from "./fit/orders.ts";
export { fitQueue, type QueueFit, type QueueFitOptions } from "./fit/queueFit.ts";
export { type Resimulated, type ResimulateOptions, resimulate } from "./fit/resimulate.ts";
export { type QueueStories, type QueueStory, queueStories } from "./fit/story.ts";
export { withoutOwn } from "./fit/withoutOwn.ts";
export { type Ground, groundOf, marketsOf, type Seat } from "./ground.ts";
export { lacksOf } from "./lacks.ts";
export {
  type CandlePath,
  type LatencyModel,
  latencyOf,
  type Models,
  modelLines,
  queueOf,
  usualModels,
} from "./models.ts";
export { type Played, playedOf } from "./played.ts";
export type { BacktestResult } from "./result.ts";
export { type Backtest, type BacktestEngine, type BacktestOptions, backtest, createBacktest } from "./run.ts";
export type { Dimension } from "./sweep/dimension.ts";
export { createJudge, headline, type Judge, type Ranked, type Ranking } from "./sweep/judge.ts";
export type { Objective } from "./sweep/objective.ts";
export { type Counted, countPoints, gridTrials, randomTrials } from "./sweep/points.ts";
export { directSearch, type Search } from "./sweep/search.ts";
export { type SearchKind, type Space, spaceOf } from "./sweep/space.ts";
export { type Fold, foldsOf, type Splitting } from "./sweep/split.ts";
export type { Outcome, SweepPart, SweepValue, SweepValues, Trial, Tried } from "./sweep/trial.ts";
