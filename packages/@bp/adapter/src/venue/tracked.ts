// The orders of ours that are remembered, by our number and by the venue's name.
import { type ClientId, type Instrument, type Millis, type PlaceOrder, symbolOf } from "@bp/core";
import type { Ending, WhichOrder } from "./orderApi.ts";

/** One order of ours as it is followed here. */
export interface Tracked {
  readonly clientId: ClientId;
  readonly instrument: Instrument;
  /** Lots; 0 where it was not placed in this run and no snapshot has told it. */
  size: number;
  readonly tif: PlaceOrder["tif"] | undefined;
  /** When it was asked for, venue time: it has not traded before. */
  readonly askedAt: Millis;
  /** When it was signed at last, venue time; until then, when it was asked for. */
  sentAt: Millis;
  readonly placedHere: boolean;
  /** The venue's name of it. */
  id: string | undefined;
  known: "nothing" | "accepted" | "ended";
  /** The stream has told of it. */
  heard: boolean;
  /** Lots of all fills that were told. */
  filled: number;
  /** The end, waiting for fills that it says there are. */
  ending: { readonly fact: Ending; readonly executed: number; readonly venueAt: Millis } | undefined;
  doubt: "place" | "cancel" | undefined;
  looking: boolean;
  /** Lots that must be told; a task reads them from the history. */
  missing: number;
  /** Told as never arrived. */
  givenUp: boolean;
}

/** The orders of one account, by either name. */
export interface OrderIndex {
  readonly byClient: (clientId: ClientId) => Tracked | undefined;
  readonly byVenue: (venueOrderId: string) => Tracked | undefined;
  readonly add: (clientId: ClientId, instrument: Instrument, askedAt: Millis, command?: PlaceOrder) => Tracked;
  /** The venue's name of an order has become known. False: it has another one already, and this is a second order under one number of ours. */
  readonly name: (order: Tracked, venueOrderId: string) => boolean;
  /** Whether an order in this market may rest. */
  readonly resting: (symbol: string) => boolean;
}

/** Orders that are remembered: what was over longer ago is told no more. */
const mostOrders = 5_000;

/** An index without orders. */
export function createOrderIndex(): OrderIndex {
  const clients = new Map<ClientId, Tracked>();
  const names = new Map<string, Tracked>();
  const forgetOldest = () => {
    if (clients.size <= mostOrders) return;
    for (const [clientId, order] of clients) {
      if (order.known !== "ended" || order.looking) continue;
      clients.delete(clientId);
      if (order.id !== undefined) names.delete(order.id);
      return;
    }
  };
  return {
    byClient: (clientId) => clients.get(clientId),
    byVenue: (venueOrderId) => names.get(venueOrderId),
    add: (clientId, instrument, askedAt, command) => {
      const order: Tracked = {
        clientId,
        instrument,
        size: command?.size ?? 0,
        tif: command?.tif,
        askedAt,
        sentAt: askedAt,
        placedHere: command !== undefined,
        id: undefined,
        known: "nothing",
        heard: false,
        filled: 0,
        ending: undefined,
        doubt: undefined,
        looking: false,
        missing: 0,
        givenUp: false,
      };
      clients.set(clientId, order);
      forgetOldest();
      return order;
    },
    name: (order, venueOrderId) => {
      if (order.id !== undefined) return order.id === venueOrderId;
      order.id = venueOrderId;
      names.set(venueOrderId, order);
      return true;
    },
    resting: (symbol) => {
      for (const order of clients.values())
        if (order.known !== "ended" && symbolOf(order.instrument.id) === symbol) return true;
      return false;
    },
  };
}

/** Whether the order is over, or known to be and waiting for its fills. */
export function isOver(order: Tracked): boolean {
  return order.known === "ended" || order.ending !== undefined;
}

/** An order as the venue is asked for it. */
export function whichOf(order: Tracked): WhichOrder {
  const { clientId, instrument, id, tif, placedHere, askedAt } = order;
  return { clientId, instrument, venueOrderId: id, tif, since: placedHere ? askedAt : undefined };
}
