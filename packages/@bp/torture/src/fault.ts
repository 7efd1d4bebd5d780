// What can go wrong, as plain data: a list of these and a seed are a whole trial.
import type { InstrumentId, Side, VenueId } from "@bp/core";

/** From `at` (ms since the start of the trial) for `forMs`. */
interface Window {
  readonly at: number;
  readonly forMs: number;
}

/** Where a process dies: when an entry is written, when what was written is to be made durable, or when a command has just left. */
export type CrashPoint = "append" | "commit" | "send";

/** Something that goes wrong once, or for a while. */
export type Fault =
  /** Both ways of a venue become slow. */
  | (Window & { readonly kind: "latency"; readonly venue: VenueId; readonly upMs: number; readonly downMs: number })
  /** Answers to requests are lost. */
  | (Window & { readonly kind: "acks-lost"; readonly venue: VenueId; readonly chance: number })
  /** Facts of the account's stream come late, twice, out of order, or never. */
  | (Window & {
      readonly kind: "late" | "twice" | "reordered" | "lost";
      readonly venue: VenueId;
      readonly chance: number;
    })
  /** Depth frames are lost: the book has a gap, and is mended. */
  | (Window & { readonly kind: "gaps"; readonly venue: VenueId; readonly chance: number })
  /** 429; 5xx and not done; 503 and done. */
  | (Window & { readonly kind: "limited" | "swallowed" | "unsaid"; readonly venue: VenueId; readonly chance: number })
  /** A socket is cut. */
  | (Window & { readonly kind: "cut"; readonly venue: VenueId; readonly stream: "market" | "account" })
  /** The process stands still (SIGSTOP, a stalled event loop); what arrives waits. */
  | (Window & { readonly kind: "freeze" })
  /** Each commit of the journal takes `eachMs`. */
  | (Window & { readonly kind: "journal-slow"; readonly eachMs: number })
  /** The journal cannot be written. The bot stops, and is started again afterwards. */
  | (Window & { readonly kind: "journal-full" })
  /** The system's clock is set to another time. */
  | { readonly kind: "clock"; readonly at: number; readonly byMs: number }
  /** The process is killed at its `step`-th persisted step after `at`, and started again `downMs` later. */
  | {
      readonly kind: "crash";
      readonly at: number;
      readonly point: CrashPoint;
      readonly step: number;
      readonly downMs: number;
    }
  /** The kill switch; `resumeMs` later a person resumes, or never. */
  | { readonly kind: "kill"; readonly at: number; readonly resumeMs: number | undefined }
  /** The user trades by hand on the same account. `share` of a usual order. */
  | {
      readonly kind: "hand";
      readonly at: number;
      readonly market: InstrumentId;
      readonly side: Side;
      readonly share: number;
    }
  /** The venue takes a share of the position (auto-deleveraging). */
  | { readonly kind: "adl"; readonly at: number; readonly market: InstrumentId; readonly share: number }
  /** The margin goes away (a withdrawal, a loss elsewhere): the venue liquidates. */
  | { readonly kind: "liquidation"; readonly at: number; readonly venue: VenueId }
  /** Money comes in. */
  | { readonly kind: "deposit"; readonly at: number; readonly venue: VenueId; readonly amount: string }
  /** The market takes no orders, cancels only, or post-only orders alone. */
  | (Window & {
      readonly kind: "halted";
      readonly market: InstrumentId;
      readonly state: "closed" | "cancel-only" | "post-only";
    })
  /** The market counts in steps ten times as large from now on. */
  | { readonly kind: "tick-changed"; readonly at: number; readonly market: InstrumentId }
  /** The price of an asset jumps by a fraction. */
  | { readonly kind: "jump"; readonly at: number; readonly base: string; readonly by: number }
  /** Somebody takes a part of one of our resting orders. */
  | { readonly kind: "nibble"; readonly at: number; readonly market: InstrumentId; readonly share: number };

/** The name of a kind of fault. */
export type FaultKind = Fault["kind"];

/** All kinds, in the order in which they are explained. */
export const faultKinds = [
  "latency",
  "acks-lost",
  "late",
  "twice",
  "reordered",
  "lost",
  "gaps",
  "limited",
  "swallowed",
  "unsaid",
  "cut",
  "freeze",
  "journal-slow",
  "journal-full",
  "clock",
  "crash",
  "kill",
  "hand",
  "adl",
  "liquidation",
  "deposit",
  "halted",
  "tick-changed",
  "jump",
  "nibble",
] as const satisfies readonly FaultKind[];

/** A fault in a line, for a person: `12.400 s for 3.0 s: acks-lost backpack chance 0.6`. */
export function faultText(fault: Fault): string {
  const { kind, at, ...rest } = fault;
  const { forMs, ...words } = { forMs: undefined, ...rest };
  const seconds = (ms: number, digits: number) => (ms / 1_000).toFixed(digits);
  const during = forMs === undefined ? "" : ` for ${seconds(forMs, 1)} s`;
  const said = Object.entries(words).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = typeof value === "number" ? String(Number(value.toFixed(4))) : value;
    return [name === "venue" || name === "market" ? text : `${name} ${text}`];
  });
  return `${seconds(at, 3)} s${during}: ${[kind, ...said].join(" ")}`;
}
