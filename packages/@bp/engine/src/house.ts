// What the parts of an engine share while a fact is folded.
import type { Big, ClientId, InstrumentId, VenueId } from "@bp/core";
import type { Asks } from "./asks.ts";
import type { DifferenceClass, DifferenceKind } from "./differences.ts";
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
  /** A balance that changed by more than this, in quote, without an explanation halts; `undefined`: none does. */
  readonly maxUnexplained: Big | undefined;
  /** How long a balance may lack its explanation, in ms. */
  readonly settleMs: number;
  /** Orders of earlier runs, which are cancelled where they stand. */
  readonly earlier: ReadonlySet<ClientId>;
  /** Whether an unknown order is one of this run that its journal has lost. */
  readonly claimLost: (id: ClientId) => boolean;
  /** Those that were found. */
  readonly lost: Set<ClientId>;
  /** Orders that nobody here placed and that were told: `venue/order id`. */
  readonly foreign: Set<string>;
  /** Orders that stand without a slot; cancelled in the next round. */
  readonly surplus: Pick<Order, "clientId" | "instrument">[];
  /** The strategy that takes over a position that was there at the first snapshot. */
  readonly heirOf: (instrument: InstrumentId) => string | undefined;
  /** What it takes over is closed before it does anything else. */
  readonly flattens: boolean;
  readonly note: (rule: string, why: string) => void;
  /** Counts a difference between the venue and us, and tells it under the name of its class. */
  readonly differ: (venue: VenueId, kind: DifferenceKind, is: DifferenceClass, why: string) => void;
  readonly halt: (why: string) => void;
}

/** Whether a list of trades may contain ones from before our time: nothing of the account was known yet. */
export function isFirst({ asks }: House, venue: string): boolean {
  return !asks.answered(venue);
}
