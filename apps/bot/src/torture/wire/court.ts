// What a trial over the wire is judged by.
import type { Fault, Subject } from "@bp/torture";
import type { Books } from "./books.ts";
import type { Holder } from "./ground.ts";
import type { WireRecord } from "./record.ts";

/** Something that should not have been. */
export interface Charge {
  /** Number of the invariant. */
  readonly invariant: number;
  /** ms of the clock. */
  readonly at: number;
  readonly says: string;
}

/** Everything that is known in the end. */
export interface Court {
  readonly plan: readonly Fault[];
  readonly subject: Subject;
  /** Market seconds in a second. */
  readonly speed: number;
  readonly holders: readonly Holder[];
  readonly books: Books;
  readonly record: WireRecord;
  /** When the times of the plan began to count, ms of the clock. */
  readonly began: number;
  readonly endedAt: number;
  /** What the last process said to people at its end. */
  readonly lastWords: string;
  /** How late the machine was at most, ms. */
  readonly lagMs: number;
}
