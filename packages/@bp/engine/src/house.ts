// What the parts of an engine share while a fact is folded.
import type { InstrumentId } from "@bp/core";
import type { Asks } from "./asks.ts";
import type { Order } from "./orders.ts";
import type { Rests } from "./rests.ts";
import type { Patience } from "./snapshot.ts";
import type { World } from "./world.ts";

/** One engine from the inside. */
export interface House {
  readonly world: World;
  readonly asks: Asks;
  readonly rests: Rests;
  readonly patience: Patience;
  /** An unexplained change by more lots than this halts. */
  readonly unexplainedLots: number;
  /** Orders that stand without a slot; cancelled in the next round. */
  readonly surplus: Order[];
  /** The strategy that takes over a position that was there at the first snapshot. */
  readonly heirOf: (instrument: InstrumentId) => string | undefined;
  /** What it takes over is closed before it does anything else. */
  readonly flattens: boolean;
  readonly note: (rule: string, why: string) => void;
  readonly halt: (why: string) => void;
}

/** Whether a list of trades may contain ones from before our time: nothing of the account was known yet. */
export function isFirst({ asks }: House, venue: string): boolean {
  return !asks.answered(venue);
}
