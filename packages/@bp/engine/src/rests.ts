// Slots that were refused rest before they are asked again, so that a refusal never becomes a storm.
import type { Millis, RejectReason } from "@bp/core";

/** Why a slot rests: the venue's reason, an IOC that ended with a rest, or an order that the venue took away unasked. */
export type RestReason = RejectReason | "filled-what-it-could" | "taken-away";

/** An order as far as its rest goes. */
export interface Tried {
  readonly slot: string;
  readonly price: number;
  /** Works a hold: exposure that should not be there waits less long. */
  readonly tif: string;
}

interface Rest {
  readonly tries: number;
  /** Whether another price may be tried at once. */
  readonly repriceable: boolean;
  /** The price that was refused. */
  readonly price: number;
  readonly until: number;
}

/** What became of the last tries of each slot. */
export interface Rests {
  /** Whether the slot must wait. `price` is the price that is wished now, `undefined` for one that takes at any price. */
  resting(slot: string, price: number | undefined, now: Millis): boolean;
  /** The slot's order was refused, or ended by itself. */
  refused(order: Tried, reason: RestReason, now: Millis): void;
  /** The slot's order traded, or stood until we took it away: it starts afresh. */
  worked(slot: string): void;
}

/** How often an order that would take is priced anew at once; then the slot waits. */
const repricings = 3;
/** The longest pause, in ms; a slot that was left alone for so long after its pause starts afresh. */
const longest = 30_000;
/** The longest pause of a hold, in ms. */
const longestOfHolds = 5_000;

/** First pause after each reason, in ms; doubled with each further refusal. */
export const pauses: Readonly<Record<RestReason, number>> = {
  "would-take": 1_000,
  "price-band": 1_000,
  "rate-limited": 2_000,
  "self-trade": 500,
  "reduce-only": 1_000,
  "no-funds": 5_000,
  "off-grid": 10_000,
  "below-minimum": 10_000,
  closed: 10_000,
  other: 2_000,
  "filled-what-it-could": 250,
  "taken-away": 2_000,
};

/** No slot rests. */
export function createRests(): Rests {
  const rests = new Map<string, Rest>();
  const of = (slot: string, now: Millis): Rest | undefined => {
    const rest = rests.get(slot);
    if (rest === undefined || now < rest.until + longest) return rest;
    rests.delete(slot);
    return undefined;
  };
  return {
    resting: (slot, price, now) => {
      const rest = rests.get(slot); // an old one is over, and is let go of with its next refusal
      if (rest === undefined || now >= rest.until) return false;
      return !(rest.repriceable && rest.tries < repricings && price !== undefined && price !== rest.price);
    },
    refused: ({ slot, price, tif }, reason, now) => {
      const tries = (of(slot, now)?.tries ?? 0) + 1;
      const pause = Math.min(tif === "ioc" ? longestOfHolds : longest, pauses[reason] * 2 ** Math.min(tries - 1, 10));
      const repriceable = reason === "would-take" || reason === "price-band";
      rests.set(slot, { tries, repriceable, price, until: now + pause });
    },
    worked: (slot) => void rests.delete(slot),
  };
}
