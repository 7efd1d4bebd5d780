// What leaves the package.

export type { Answer } from "./answer.ts";
export { type AsterAccount, asterKeys } from "./aster/accounts.ts";
export type { AsterLimits } from "./aster/limits.ts";
export type { AsterOptions, AsterSandbox, AsterServiceOptions, AsterSite } from "./aster/open.ts";
export { defaultAccounts, type SandboxAccount, testKeys } from "./backpack/accounts.ts";
export type { WithdrawalRules } from "./backpack/desks/funds.ts";
export type { Limits } from "./backpack/limits.ts";
export type { Bench, Breaks, FrameKind, Hands, Need, Records, Subject } from "./contract/bench.ts";
export type { ContractCase } from "./contract/case.ts";
export { contractCases } from "./contract/cases.ts";
export { type CaseResult, lacking, runCase, runContract } from "./contract/run.ts";
export type { Stage } from "./contract/stage.ts";
export { type LiveOptions, liveSubject } from "./contract/subjects/live.ts";
export type { Control } from "./control.ts";
export type { FaultPlan, VenueName } from "./faultPlan.ts";
export type { Faults, FrameFault, Pending, RequestFault, RequestMatch, Turn } from "./faults.ts";
export type { Answered } from "./http.ts";
export type { Ledger, LedgerAccount } from "./ledger.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
