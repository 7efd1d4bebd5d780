// What leaves the package.
export { drawFaults } from "./draw.ts";
export { type CrashPoint, type Fault, type FaultKind, faultKinds, faultText } from "./fault.ts";
export { type ExchangeAccount, happen, type Reach } from "./happen.ts";
export { invariants } from "./invariants/index.ts";
export type { Invariant, Scene, Watcher } from "./scene.ts";
export { at, type Shrunk, shrink } from "./shrink.ts";
export type { Bounds, NakedBound, Subject, TorturedAccount } from "./subject.ts";
export { sumsOf } from "./sums.ts";
export { type Outcome, planOf, type TrialOptions, tryIt, type Violation } from "./trial.ts";
