// What leaves the package.
export { acceptCut } from "./accept.ts";
export { type AccountLock, claimAccount, type Holder, holderText } from "./account.ts";
export { type CheckedRun, checkJournal, type JournalCheck } from "./check.ts";
export { type Compacted, type CompactOptions, compactJournal } from "./compact.ts";
export { type CommandsDigest, canonicalJson, commandsDigest } from "./digest.ts";
export { type ExportFormat, exportRun, importRun } from "./export.ts";
export type { Lock } from "./lock.ts";
export { type JournalOptions, type JournalStore, openJournal } from "./open.ts";
export type { Line } from "./read.ts";
export type { NewRun, RunRecord } from "./run.ts";
export { type StoreAddress, storeAddress } from "./ship/address.ts";
export { type Claim, claimInStore, type StoreClaimOptions, type StoreClaims } from "./ship/claim.ts";
export type { PgDriver } from "./ship/connect.ts";
export {
  type ShipOptions,
  type Shipper,
  type ShipperOptions,
  type ShipState,
  shipJournal,
  startShipper,
} from "./ship/shipper.ts";
export type { Cut } from "./sound.ts";
export type { KeptOutcome, KeptTrial } from "./sweep/row.ts";
export {
  type NewSweep,
  type OpenSweep,
  openSweeps,
  type PutTrials,
  type SweepRecord,
  type SweepStore,
} from "./sweep/store.ts";
export type { RunJournal } from "./write.ts";
