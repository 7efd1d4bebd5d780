// What leaves the package.
export type { Account } from "./account.ts";
export {
  type Change,
  changeOf,
  changesText,
  type Refusal,
  refusalText,
  type ValueChange,
  valuesChanged,
  valueText,
} from "./change.ts";
export type { Considered } from "./consider.ts";
export type { Decision } from "./decisions.ts";
export type {
  ClassCounts,
  Difference,
  DifferenceClass,
  DifferenceKind,
  Differences,
} from "./differences.ts";
export { type LiveOptions, live } from "./drive/live.ts";
export { type Pace, paceOf } from "./drive/pace.ts";
export { type Replayed, replay } from "./drive/replay.ts";
export { createRunner, type Runner, type RunnerOptions } from "./drive/runner.ts";
export { createEngine, type Engine, type EngineOptions } from "./engine.ts";
export type { Explained, StrategyPicture } from "./explained.ts";
export { beat, leap } from "./fold.ts";
export type { Note } from "./note.ts";
export type { Order, Orders } from "./orders.ts";
export type { MarketPicture, OrderPicture, WorldPicture } from "./picture.ts";
