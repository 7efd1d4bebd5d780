// What leaves the package.
export { type CommandsDigest, canonicalJson, commandsDigest } from "./digest.ts";
export type { Lock } from "./lock.ts";
export { type JournalOptions, type JournalStore, openJournal } from "./open.ts";
export type { Line } from "./read.ts";
export type { NewRun, RunRecord } from "./run.ts";
export type { RunJournal } from "./write.ts";
