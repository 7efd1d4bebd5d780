// What is tried over the wire, and what came of it.
import type { Fault, FaultKind, Subject, Violation } from "@bp/torture";

/** A configuration that is tried over the wire. */
export interface WireJob {
  /** As the person named it; `undefined`: the demo. */
  readonly file: string | undefined;
  readonly subject: Subject;
  readonly kinds: readonly FaultKind[];
  /** How long it trades, seconds of the clock. */
  readonly seconds: number;
  /** Market seconds in a second. */
  readonly speed: number;
}

/** One trial of it. */
export interface WireTrial extends WireJob {
  readonly seed: number;
  readonly plan: readonly Fault[];
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Hears what happens, for a person who wants to see it. */
  readonly tell?: ((line: string) => void) | undefined;
}

/** What came of a trial. */
export interface WireOutcome {
  readonly seed: number;
  readonly plan: readonly Fault[];
  /** The first of each invariant. */
  readonly violations: readonly Violation[];
  /** Events in the journals of its runs. */
  readonly events: number;
  readonly orders: number;
  readonly fills: number;
  /** How often the process was started. */
  readonly lives: number;
  readonly halted: string | undefined;
}
