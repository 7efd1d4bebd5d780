// What the venues themselves know of a run: their orders and trades of our accounts, and what they said to each request.
import { type InstrumentId, symbolOf, type VenueId } from "@bp/core";
import type { Answered } from "@bp/sandbox";
import type { SimFact, SimFill, SimOrder } from "@bp/sim";
import type { Holder, Site } from "./ground.ts";

/** Something that happened to an account of ours at its venue. */
export interface Deed {
  readonly type: "stands" | "ended" | "traded";
  /** ms of the clock. */
  readonly at: number;
  readonly venue: VenueId;
  /** In the words of the configuration. */
  readonly instrument: InstrumentId;
  readonly order: SimOrder;
  /** The number that the bot gave it; `undefined`: another hand, or the venue itself. */
  readonly number: number | undefined;
  /** Of a trade. */
  readonly fill: SimFill | undefined;
  /** Whether the person did it. */
  readonly byHand: boolean;
}

/** An answer of a venue. */
export interface Said extends Answered {
  readonly at: number;
  readonly site: string;
}

export interface Books {
  readonly deeds: readonly Deed[];
  /** Answers that are no success. */
  readonly refusals: readonly Said[];
  readonly requests: number;
  /** Orders with a number that stand now. */
  standing(): readonly Deed[];
  /** What is placed meanwhile is the person's own. */
  byHand(act: () => void): void;
}

/** Opens them. @param now - ms of the clock */
export function openBooks(holders: readonly Holder[], sites: readonly Site[], now: () => number): Books {
  const deeds: Deed[] = [];
  const refusals: Said[] = [];
  const standing = new Map<string, Deed>();
  let requests = 0;
  let hand = false;
  const write = ({ venue }: Holder, type: Deed["type"], order: SimOrder, fill: SimFill | undefined) => {
    const instrument: InstrumentId = `${venue}:${symbolOf(order.instrument)}`;
    const deed = { type, at: now(), venue, instrument, order, number: numberOf(order), fill, byHand: hand };
    deeds.push(deed);
    const key = `${venue} ${order.id}`;
    if (type === "stands" && deed.number !== undefined) standing.set(key, deed);
    if (type === "ended" || order.status === "filled") standing.delete(key);
  };
  const hear = (holder: Holder, fact: SimFact) => {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other kinds are not for this place
    switch (fact.type) {
      case "order-accepted":
        return write(holder, "stands", fact.order, undefined);
      case "order-cancelled":
      case "order-expired":
        return write(holder, "ended", fact.order, undefined);
      case "order-filled":
        return write(holder, "traded", fact.order, fact.fill);
      default:
    }
  };
  for (const holder of holders)
    holder.site.exchange.listen((fact) => {
      if ("account" in fact && fact.account === holder.name) hear(holder, fact);
    });
  for (const site of sites)
    site.onAnswer((answered) => {
      requests += 1;
      if (answered.answer !== undefined && answered.answer.status >= 400)
        refusals.push({ ...answered, at: now(), site: site.name });
    });
  return {
    deeds,
    refusals,
    get requests() {
      return requests;
    },
    standing: () => [...standing.values()],
    byHand: (act) => {
      hand = true;
      try {
        act();
      } finally {
        hand = false;
      }
    },
  };
}

/** The number of an order of ours: plain at Backpack, `bp-` before it at Aster. */
function numberOf({ clientId }: SimOrder): number | undefined {
  if (typeof clientId === "number") return clientId;
  const digits = /^bp-(\d+)$/.exec(clientId ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
