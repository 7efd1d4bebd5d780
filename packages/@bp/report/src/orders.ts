// Our orders as a log tells them: how many there were, what became of each, which rest now.
import {
  type AccountSnapshot,
  type ClientId,
  type EventOf,
  type InstrumentId,
  type Millis,
  type OrderState,
  orderAfter,
  type PlaceOrder,
  type Side,
  type Ticks,
  type TimeInForce,
  venueOf,
} from "@bp/core";
import { createEnded } from "./ended.ts";

/** How many orders came to which end, and how many are where. An order is counted once, however often it is told. */
export interface OrderCounts {
  readonly placed: number;
  readonly cancelled: number;
  readonly rejected: number;
  readonly expired: number;
  /** Filled to the last lot. */
  readonly filled: number;
  /** Found missing in the venue's list of open orders. */
  readonly gone: number;
  /** How often a request was left without a clear answer. */
  readonly doubted: number;
  /** Orders that may be at the venue now, by what we know of them. */
  readonly live: Readonly<Record<OrderState, number>>;
}

/** An order of ours. */
export interface TalliedOrder {
  readonly clientId: ClientId;
  readonly instrument: InstrumentId;
  /** `strategy/slot`; empty of an order that an earlier run placed. */
  readonly slot: string;
  readonly side: Side;
  readonly price: Ticks;
  readonly size: number;
  readonly tif: TimeInForce;
  readonly placedAt: number;
  filled: number;
  state: OrderState;
  acceptedAt: number | undefined;
  endedAt: number | undefined;
}

type Life = EventOf<"order.accepted" | "order.cancelled" | "order.expired" | "order.rejected" | "order.doubted">;

/** Ended orders that are remembered, so that a late fill still finds its own; as many as the engine remembers. */
const remembered = 5_000;

/** A ledger of orders. */
export interface Orders {
  readonly live: ReadonlyMap<ClientId, TalliedOrder>;
  find(clientId: ClientId): TalliedOrder | undefined;
  placed(command: PlaceOrder, at: Millis): void;
  /** A cancel was sent. */
  cancelling(clientId: ClientId): void;
  told(event: Life): void;
  /** Raises the filled total; never lowers it. */
  filledTo(order: TalliedOrder, total: number, at: Millis): void;
  /** The venue's list: what it lacks is gone unless it may still be on the wire; what it has stands. */
  snapshot(snapshot: AccountSnapshot, now: Millis): void;
  counts(): OrderCounts;
  /** Takes up an order of an earlier run that still rests. */
  adopt(order: TalliedOrder): void;
}

/**
 * An empty ledger. Follows the rules of the engine, so that both count the same.
 *
 * @param graceMs - how long a request may stay on the wire before its absence proves anything
 * @param changed - hears the instrument of each order that may rest otherwise than before
 */
export function createOrders(graceMs: number, changed: (instrument: InstrumentId) => void): Orders {
  const live = new Map<ClientId, TalliedOrder>();
  const ended = createEnded<TalliedOrder>(remembered);
  const count = { placed: 0, cancelled: 0, rejected: 0, expired: 0, filled: 0, gone: 0, doubted: 0 };

  const end = (order: TalliedOrder, how: "cancelled" | "rejected" | "expired" | "filled" | "gone", at: number) => {
    live.delete(order.clientId);
    order.endedAt = at;
    ended.add(order);
    count[how] += 1;
    changed(order.instrument);
  };
  const turn = (order: TalliedOrder, state: OrderState) => {
    if (order.state === state) return;
    order.state = state;
    changed(order.instrument);
  };
  const filledTo = (order: TalliedOrder, total: number, at: number) => {
    order.filled = Math.max(order.filled, Math.min(total, order.size));
    order.acceptedAt ??= at;
    if (order.endedAt !== undefined) return;
    if (order.filled === order.size) end(order, "filled", at);
    else turn(order, stateAfter(order.state, "order.filled"));
  };

  return {
    live,
    find: (clientId) => live.get(clientId) ?? ended.find(clientId),
    placed: ({ clientId, instrument, slot, side, price, size, tif }, at) => {
      count.placed += 1;
      live.set(clientId, {
        clientId,
        instrument,
        slot,
        side,
        price,
        size,
        tif,
        placedAt: at,
        filled: 0,
        state: "placing",
        acceptedAt: undefined,
        endedAt: undefined,
      });
    },
    cancelling: (clientId) => {
      const order = live.get(clientId);
      if (order !== undefined) turn(order, "cancelling");
    },
    told: (event) => {
      if (event.type === "order.doubted") count.doubted += 1;
      const order = live.get(event.clientId);
      if (order === undefined) return;
      const next = orderAfter(order.state, event.type);
      if (event.type === "order.accepted") order.acceptedAt ??= event.venueAt;
      if (next !== "gone") turn(order, next);
      else if (event.type === "order.cancelled") end(order, "cancelled", event.venueAt);
      else if (event.type === "order.expired") end(order, "expired", event.venueAt);
      else end(order, "rejected", event.venueAt);
    },
    filledTo,
    snapshot: (snapshot, now) => {
      const standing = new Set<ClientId>();
      for (const open of snapshot.orders) {
        if (open.clientId === undefined) continue;
        const order = live.get(open.clientId) ?? ended.find(open.clientId);
        if (order === undefined || order.instrument !== open.instrument) continue;
        standing.add(order.clientId);
        if (order.endedAt !== undefined) {
          if (order.endedAt >= snapshot.asOf) continue; // it ended after the snapshot was taken
          ended.remove(order);
          order.endedAt = undefined;
          order.state = "open";
          live.set(order.clientId, order);
          changed(order.instrument);
        }
        order.acceptedAt ??= snapshot.asOf;
        filledTo(order, open.filled, snapshot.asOf);
        if (order.endedAt === undefined) turn(order, stateAfter(order.state, "order.accepted"));
      }
      for (const order of live.values()) {
        if (standing.has(order.clientId) || venueOf(order.instrument) !== snapshot.venue) continue;
        const onTheWire =
          order.acceptedAt === undefined ? now - order.placedAt <= graceMs : order.acceptedAt > snapshot.asOf;
        if (!onTheWire) end(order, "gone", snapshot.asOf);
      }
    },
    counts: () => {
      const states = { placing: 0, open: 0, cancelling: 0, unknown: 0 };
      for (const order of live.values()) states[order.state] += 1;
      return { ...count, live: states };
    },
    adopt: (order) => {
      live.set(order.clientId, order);
      changed(order.instrument);
    },
  };
}

/** Facts that never end an order by themselves. */
function stateAfter(state: OrderState, fact: "order.filled" | "order.accepted"): OrderState {
  const next = orderAfter(state, fact);
  return next === "gone" ? state : next;
}
