// What the dual-account hedge remembers, and how both accounts stand.
import { type Lots, lots, type Ticks, type View } from "@bp/core";
import type { DualHedgeParams } from "./params.ts";

/**
 * `opening` → `waiting` → `closing` → `opening` …; `balancing` is the way back to equal positions from any of them, and
 * `unwinding` what comes when that has not worked in time.
 */
export type DualPhase = "opening" | "waiting" | "closing" | "balancing" | "unwinding";

/** Plain data. */
export interface DualHedgeMemory {
  readonly phase: DualPhase;
  /** When the phase began, in ms. */
  readonly since: number;
  /** What a balancing goes back to: further opened, or further closed. */
  readonly towards: "open" | "flat";
  /** Lots of each leg of this cycle; 0 before the first prices. */
  readonly size: Lots;
  /** Where the legs rest: the long account's price and the short account's. */
  readonly prices: { readonly long: Ticks; readonly short: Ticks; readonly at: number } | undefined;
  /** Since when the positions differ by a tradable size; `undefined`: they do not. */
  readonly nakedSince: number | undefined;
  /** When both positions were last known while they differed. */
  readonly seenAt: number;
  /** When the present pair began to be held, in ms. */
  readonly openedAt: number | undefined;
  /** Pairs opened, closed and verified flat. */
  readonly cycles: number;
}

/** Positions of both accounts in lots, signed. */
export interface Pair {
  readonly long: Lots;
  readonly short: Lots;
  /** Their sum: what is naked. */
  readonly net: number;
}

/** Both positions, or `undefined` while one of them is unknown. */
export function pairOf(view: View, { long, short }: DualHedgeParams): Pair | undefined {
  const [a, b] = [view.position(long), view.position(short)];
  return a === undefined || b === undefined ? undefined : { long: a, short: b, net: a + b };
}

/** Whether a number of lots is enough to be traded. */
export function tradable(view: View, { long }: DualHedgeParams, count: number): boolean {
  return Math.abs(count) >= view.instrument(long).minSize;
}

/** The beginning. */
export const nothingYet: DualHedgeMemory = {
  phase: "opening",
  since: 0,
  towards: "open",
  size: lots(0),
  prices: undefined,
  nakedSince: undefined,
  seenAt: 0,
  openedAt: undefined,
  cycles: 0,
};
