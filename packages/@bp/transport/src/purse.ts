// One limit of a venue: so much of one thing in so much time, a share of it for cancels alone.
import { BpError, type Clock } from "@bp/core";
import { createWindow, type Window } from "./window.ts";

/**
 * Whom a request serves. `cancel` and `hedge`, an order that works off an exposure, reduce risk; they alone may use the reserved share.
 * `trade`: other orders. `read`: everything else. Of a pause `cancel` alone goes to see whether it is over: nothing that does more than
 * to cancel or to read may have it.
 */
export type Lane = "trade" | "cancel" | "hedge" | "read";

/** Whether a lane reduces risk: it goes before the others. */
export function reduces(lane: Lane): boolean {
  return lane === "cancel" || lane === "hedge";
}

/** What a request costs of each thing that is counted. A bare number is `{ weight: number }`. */
export type Cost = number | Readonly<Record<string, number>>;

/** One limit, as a venue states it. */
export interface PurseOptions {
  /** What it counts, a name in a `Cost`; `weight` if left out. */
  readonly counts?: string;
  /** How much may be sent in any `perMs`. Leave the venue some margin: it counts at other moments than we do. */
  readonly capacity: number;
  /** Length of the window, ms. */
  readonly perMs: number;
  /** Share of the capacity kept for lanes `cancel` and `hedge`, 0 to below 1. */
  readonly reserved: number;
  /**
   * How much longer one request may be on its way than another, ms; 0 if left out. The venue counts when they arrive: what was
   * slow comes nearer to what is sent a window later, so what is spent is remembered so much longer. No lower capacity makes up for that.
   */
  readonly slackMs?: number;
  readonly clock: Clock;
}

/** What the venue says it has counted so far in its current window of this length. */
export interface Told {
  /** As in a `Cost`. */
  readonly counts: string;
  /** Length of the window, ms. */
  readonly perMs: number;
  readonly used: number;
}

/** How full a purse is. */
export interface Usage {
  readonly counts: string;
  readonly perMs: number;
  readonly capacity: number;
  /** In the last `perMs` and slack: our own, and what the venue told us of others. */
  readonly used: number;
  /** The venue's own latest figure; `undefined` until it says one. It begins anew with each of its windows. */
  readonly told: { readonly used: number; readonly at: number } | undefined;
}

/** A limit with what was spent of it. Several budgets may share one: clients of one address share its weight. */
export interface Purse {
  readonly counts: string;
  readonly perMs: number;
  readonly window: Pick<Window, "now" | "total" | "add" | "below">;
  /** What this lane may fill it to. */
  limitOf(lane: Lane): number;
  /** The venue counts more than we do where others spend too: takes the larger. */
  observe(used: number): void;
  /**
   * Another capacity from now on: the venue has told its limit. What was spent stays spent.
   *
   * @throws BpError `config/invalid` for one that is not above 0
   */
  resize(capacity: number): void;
  usage(): Usage;
}

/**
 * A purse over a sliding window: in no stretch of `perMs` (and `slackMs`) is more than `capacity` sent.
 *
 * @throws BpError `config/invalid` for a capacity or window that is not above 0, a slack below 0, or a reserved share outside 0 to 1
 */
export function createPurse({
  counts = "weight",
  perMs,
  reserved,
  slackMs = 0,
  clock,
  ...options
}: PurseOptions): Purse {
  if (!(perMs > 0)) throw invalid("perMs", perMs, "a length above 0 ms");
  if (!(reserved >= 0 && reserved < 1)) throw invalid("reserved", reserved, "a share from 0 to below 1");
  if (!(slackMs >= 0)) throw invalid("slackMs", slackMs, "ms, at least 0");
  const window = createWindow(perMs + slackMs, clock);
  let capacity = 0;
  let common = 0;
  let told: Usage["told"];
  const resize = (to: number) => {
    if (!(to > 0)) throw invalid("capacity", to, "a weight above 0");
    capacity = to;
    common = to - to * reserved;
  };
  resize(options.capacity);
  return {
    counts,
    perMs,
    window,
    resize,
    limitOf: (lane) => (reduces(lane) ? capacity : common),
    observe: (used) => {
      if (!(used >= 0 && Number.isFinite(used))) return; // not a figure
      const at = window.now();
      told = { used, at };
      if (used > window.total()) window.add(used - window.total()); // somebody else's, as old as can be
    },
    usage: () => {
      window.now();
      return { counts, perMs, capacity, used: window.total(), told };
    },
  };
}

/** What of this cost falls into a purse that counts this. */
export function costIn(counts: string, cost: Cost): number {
  if (typeof cost === "number") return counts === "weight" ? cost : 0;
  return cost[counts] ?? 0;
}

/** @param path - what is wrong, without the `budget.` before it */
export function invalid(path: string, found: number, expected: string): BpError {
  return new BpError("config/invalid", { path: `budget.${path}`, found: String(found), expected });
}
