// What leaves the package.
export { type Cut, type LookAhead, lookAheadCheck } from "./ahead.ts";
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
export type { BacktestResult } from "./result.ts";
export { type Backtest, type BacktestEngine, type BacktestOptions, backtest, createBacktest } from "./run.ts";
