// What leaves the package.
export type { Account } from "./account.ts";
export { type LiveOptions, live } from "./drive/live.ts";
export { type Pace, paceOf } from "./drive/pace.ts";
export { type Replayed, replay } from "./drive/replay.ts";
export { type Runner, type RunnerOptions, createRunner } from "./drive/runner.ts";
export { type Engine, type EngineOptions, type Note, beat, createEngine } from "./engine.ts";
export type { Order, Orders } from "./orders.ts";
