// What leaves the package.
export { defaultAccounts, type SandboxAccount, testKeys } from "./accounts.ts";
export type { Faults, FrameFault, Pending, RequestFault, RequestMatch } from "./faults.ts";
export type { Ledger, LedgerAccount } from "./ledger.ts";
export type { Limits } from "./limits.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
