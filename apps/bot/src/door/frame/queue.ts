// The place of each own resting order in the queue at its price: a bound from what was there, what traded and what left since.
import type { ClientId, Command, Event, InstrumentId, Level, Lots, OrderView, Side, View } from "@bp/core";
import { type Place, pass, placeOf, settle, type Told, tell } from "./queuePlace.ts";

/** What the fold reads: the engine, after it has taken an event in. */
export interface QueueWorld {
  /** Orders that may be at a venue. The same objects while they live. */
  readonly orders: ReadonlyMap<ClientId, OrderView & { readonly acceptedAt: number | undefined }>;
  readonly view: Pick<View, "book">;
}

/** Follows the places of all own orders. */
export interface Queue {
  /** Told after each event, with what came of it. Costs a look into a map for each level of a market with own orders. */
  step(event: Event, commands: readonly Command[]): void;
  /**
   * Lots that stand before an order at its price: never less than there are, if prints and levels are told whole. Older
   * orders of our own are among them.
   *
   * @returns `undefined` while that cannot be told: the book is not known, the order is on its way or in doubt, or its price
   *   is deeper than the venue shows
   */
  ahead(clientId: ClientId): Lots | undefined;
}

type Levels = { readonly bids: readonly Level[]; readonly asks: readonly Level[] };
type Prices = Map<number, Place[]>;
type Sides = Readonly<Record<Side, Prices>>;

/** Follows an engine from its first event on; orders that rest already are taken up as they are seen. */
export function createQueue({ orders, view }: QueueWorld): Queue {
  const places = new Map<ClientId, Place>();
  /** Those of which more may be told of the millisecond in which they were taken. */
  const young = new Set<Place>();
  const markets = new Map<InstrumentId, Sides>();
  /** When what is known of a book was true, by the venue's clock. */
  const bookAt = new Map<InstrumentId, number>();

  const enter = (place: Place) => {
    const { clientId, instrument, side, price } = place.order;
    places.set(clientId, place);
    young.add(place);
    const sides = markets.get(instrument) ?? { buy: new Map<number, Place[]>(), sell: new Map<number, Place[]>() };
    markets.set(instrument, sides);
    const there = sides[side].get(price) ?? [];
    there.push(place);
    sides[side].set(price, there);
    place.beside = there;
  };
  const leave = (place: Place) => {
    const { clientId, instrument, side, price } = place.order;
    places.delete(clientId);
    young.delete(place);
    const prices = markets.get(instrument)?.[side];
    const rest = prices?.get(price)?.filter(({ order }) => order.clientId !== clientId) ?? [];
    if (rest.length > 0) prices?.set(price, rest);
    else prices?.delete(price);
    for (const each of rest) each.beside = rest;
    const sides = markets.get(instrument);
    if (sides?.buy.size === 0 && sides.sell.size === 0) markets.delete(instrument);
  };
  /** Orders that are new, were taken, or are gone. */
  const look = (at: number) => {
    for (const [clientId, place] of places) if (orders.get(clientId) !== place.order) leave(place);
    for (const order of orders.values()) {
      let place = places.get(order.clientId);
      if (place === undefined) {
        place = placeOf(order, levelIn(view, order), bookAt.get(order.instrument) ?? 0);
        enter(place);
      }
      if (place.acceptedAt === undefined && (order.state === "open" || order.state === "cancelling"))
        place.accept(order.acceptedAt ?? at);
    }
  };
  /** Whatever is told of a market. */
  const hear = (id: InstrumentId, at: number): Sides | undefined => {
    const sides = markets.get(id);
    if (sides !== undefined) for (const place of young) if (place.order.instrument === id) pass(place, at);
    return sides;
  };
  /** A book has been told. */
  const settled = (id: InstrumentId, at: number) => {
    for (const place of young) {
      if (place.order.instrument !== id) continue;
      settle(place, at);
      if (place.tied === undefined && (place.acceptedAt ?? at) < at) young.delete(place);
    }
  };
  const printed = ({ instrument, taker, price, size, venueAt }: Event & { readonly type: "trade.printed" }) => {
    const side = taker === "buy" ? "sell" : "buy";
    const prices = hear(instrument, venueAt)?.[side];
    if (prices === undefined) return;
    for (const [ours, there] of prices) {
      const passed = side === "buy" ? price < ours : price > ours;
      if (!passed && price !== ours) continue;
      for (const place of there) tell(place, { at: venueAt, traded: passed ? Number.POSITIVE_INFINITY : size });
    }
  };

  return {
    step: (event, commands) => {
      const { type, venueAt } = event;
      if (type === "book.changed" || type === "book.reset") {
        bookAt.set(event.instrument, venueAt);
        const sides = hear(event.instrument, venueAt);
        if (sides !== undefined && type === "book.reset") whole(sides, view, venueAt);
        else if (sides !== undefined) changed(sides, event, venueAt);
        if (sides !== undefined) settled(event.instrument, venueAt);
      } else if (type === "trade.printed") printed(event);
      else if (type === "instrument.changed") {
        for (const place of places.values()) if (place.order.instrument === event.instrument.id) leave(place);
      } else if (type.startsWith("order.") || type === "account.snapshot") look(venueAt);
      if (type === "order.filled" && event.clientId !== undefined && event.liquidity === "maker")
        places.get(event.clientId)?.reached();
      if (commands.some(({ type }) => type === "order.place")) look(venueAt);
    },
    ahead: (clientId) => {
      const place = places.get(clientId);
      const order = orders.get(clientId);
      if (place === undefined || order === undefined) return undefined;
      const stands = order.state === "open" || order.state === "cancelling";
      return stands && view.book(order.instrument).valid ? (place.ahead as Lots | undefined) : undefined; // sums of whole lots
    },
  };
}

function changed(sides: Sides, { bids, asks }: Levels, at: number): void {
  for (const [price, size] of bids) for (const place of sides.buy.get(price) ?? none) tell(place, { at, size });
  for (const [price, size] of asks) for (const place of sides.sell.get(price) ?? none) tell(place, { at, size });
}

const none: readonly never[] = [];

/** A whole book: a price that it does not reach says nothing. */
function whole(sides: Sides, view: QueueWorld["view"], at: number): void {
  for (const prices of [sides.buy, sides.sell])
    for (const [, there] of prices)
      for (const place of there) {
        const size = levelIn(view, place.order);
        if (size !== undefined) tell(place, { at, size } satisfies Told);
      }
}

/** So many levels are looked through first. */
const near = 32;

/** What stands at an order's price; `undefined`: the book does not reach there, or is not known. */
function levelIn({ book }: QueueWorld["view"], { instrument, side, price }: OrderView): number | undefined {
  const whose = side === "buy" ? "bid" : "ask";
  const found = book(instrument);
  for (const depth of [near, Number.POSITIVE_INFINITY]) {
    const levels = found.levels(whose, depth);
    for (const [at, size] of levels) {
      if (at === price) return size;
      if (side === "buy" ? at < price : at > price) return 0; // a gap between levels that are shown
    }
    if (levels.length < depth) return undefined;
  }
  return undefined;
}
