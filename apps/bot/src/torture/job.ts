// What a torture thread is given, and what it tells.
import type { Fault, FaultKind } from "@bp/torture";

/** What all threads of a torture have in common. */
export interface Job {
  /** The configuration; `undefined`: flags only. */
  readonly file: string | undefined;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly kinds: readonly FaultKind[];
  /** Of one trial, market time. */
  readonly seconds: number;
  /** Whether violations are made as small as they get. */
  readonly shrinks: boolean;
  /** Over the sandbox's sockets, with processes of the bot; left out: in memory. */
  readonly wire?: true;
}

/** Seeds of one configuration, both included. */
export interface Batch {
  readonly job: number;
  readonly from: number;
  readonly to: number;
}

/** A broken promise, as small as it was made. */
export interface Found {
  readonly job: number;
  readonly seed: number;
  readonly invariant: number;
  readonly promise: string;
  readonly atMs: number;
  readonly says: string;
  /** Places of the faults that are needed, from 0; `undefined`: it was not made smaller. */
  readonly kept: readonly number[] | undefined;
  readonly plan: readonly Fault[];
}

/** What a batch came to. */
export interface Done {
  readonly batch: Batch;
  readonly seeds: number;
  readonly events: number;
  readonly orders: number;
  readonly fills: number;
  readonly restarts: number;
  readonly halted: number;
  /** How often each kind of fault befell a trial. */
  readonly faults: Readonly<Record<string, number>>;
  readonly found: readonly Found[];
}

/** From a thread. */
export type FromThread =
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly done: Done }
  | { readonly type: "failed"; readonly text: string; readonly code: string | undefined; readonly context: unknown };
