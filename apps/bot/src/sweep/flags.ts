// What is said about a sweep on the command line.
import { availableParallelism } from "node:os";
import { invalid } from "../config/complaint.ts";
import { usualJournal } from "../paths.ts";
import { type QueueAddress, queueSaid } from "../queue/address.ts";

/** Checked options of a sweep, beside those of a backtest. */
export interface SweepFlags {
  readonly threads: number;
  readonly top: number;
  readonly isYes: boolean;
  readonly retries: boolean;
  readonly output: "text" | "json" | "csv";
  readonly journal: string;
  /** Redis; `undefined`: threads of this machine. */
  readonly queue: QueueAddress | undefined;
}

/** Most threads that are started: each holds an engine, and the parts of the data that it plays. */
const mostThreads = 256;

/** Reads them. @throws BpError `config/invalid`, `config/conflict` */
export function sweepFlags(flags: Readonly<Record<string, unknown>>): SweepFlags {
  const { json, csv, queue } = flags;
  if (json === true && csv === true) throw invalid("--csv", "--json beside it", "one of the two");
  return {
    threads: threadsOf(flags["threads"]),
    top: wholeFlag("--top", flags["top"], 20, 10_000),
    isYes: flags["yes"] === true,
    retries: flags["retryFailed"] === true,
    output: json === true ? "json" : csv === true ? "csv" : "text",
    journal: typeof flags["journal"] === "string" ? flags["journal"] : usualJournal,
    queue: queueSaid(queue),
  };
}

/** `--threads`: a whole number; left out, one for each core. @throws BpError `config/invalid` */
export function threadsOf(said: unknown): number {
  return wholeFlag("--threads", said, availableParallelism(), mostThreads);
}

function wholeFlag(name: string, said: unknown, otherwise: number, high: number): number {
  if (said === undefined) return otherwise;
  const value = typeof said === "string" && /^\d+$/.test(said) ? Number(said) : Number.NaN;
  if (value >= 1 && value <= high) return value;
  throw invalid(name, JSON.stringify(said), `a whole number from 1 to ${high}`);
}
