// Faults that happen at an exchange: other hands, the venue itself, and money that comes and goes.
import {
  Big,
  exchangeOf,
  type InstrumentId,
  type Lots,
  lots,
  type Side,
  symbolOf,
  type Ticks,
  type VenueId,
  venueOf,
} from "@bp/core";
import type { Exchange, OrderRequest } from "@bp/sim";
import type { Fault, FaultKind } from "./fault.ts";

/** The bot's account at its exchange. */
export interface Place {
  readonly name: string;
  readonly exchange: Exchange;
  /** What money comes in. */
  readonly asset: string | undefined;
}

/** What a fault can reach. */
export interface Reach {
  /** `undefined`: the bot has no account there. */
  placeOf(venue: VenueId): Place | undefined;
  /** A share of a usual order; 0 where nobody knows what one is worth. */
  sizeOf(id: InstrumentId, share: number): Lots;
  later(ms: number, fn: () => void): void;
  /** Places an order that the person gave, past the bot. */
  byHand(place: Place, order: OrderRequest): void;
  /** Somebody takes what rests at an exchange, up to a price. */
  take(place: Place, id: InstrumentId, side: Side, price: Ticks, size: Lots): void;
}

type Of<K extends FaultKind> = Extract<Fault, { readonly kind: K }>;

/** Lets a fault happen. Those that befall the bot or its way to a venue are not among them: nothing is done for them here. */
export function happen(fault: Fault, reach: Reach): void {
  if (fault.kind === "hand") byUser(fault, reach);
  if (fault.kind === "adl") deleverage(fault, reach);
  if (fault.kind === "liquidation") drain(fault, reach);
  if (fault.kind === "deposit") deposit(fault, reach);
  if (fault.kind === "halted") close(fault, reach);
  if (fault.kind === "nibble") nibble(fault, reach);
}

const inner = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;

/** An order at any price, given by nobody's bot. */
function anyPrice(instrument: InstrumentId, side: Side, size: Lots, reduceOnly: boolean): OrderRequest {
  return {
    instrument,
    side,
    type: "market",
    size,
    tif: "ioc",
    postOnly: false,
    reduceOnly,
    selfTradePrevention: "reject-maker",
  };
}

function byUser({ market, side, share }: Of<"hand">, reach: Reach): void {
  const place = reach.placeOf(venueOf(market));
  const size = reach.sizeOf(market, share);
  if (place !== undefined && size > 0) reach.byHand(place, anyPrice(inner(market), side, size, false));
}

function deleverage({ market, share }: Of<"adl">, reach: Reach): void {
  const place = reach.placeOf(venueOf(market));
  const positions = place?.exchange.positions(place.name) ?? [];
  const held = positions.find((each) => each.instrument === inner(market))?.size ?? 0;
  if (held === 0) return;
  const size = lots(Math.max(1, Math.floor(Math.abs(held) * share)));
  place?.exchange.place(place.name, anyPrice(inner(market), held > 0 ? "sell" : "buy", size, true));
}

/** Takes away what carries the positions, and gives it back when the venue has had time to act. */
function drain({ venue }: Of<"liquidation">, reach: Reach): void {
  const place = reach.placeOf(venue);
  if (place === undefined) return;
  const { exchange, name } = place;
  const held = exchange.positions(name).find(({ size }) => size !== 0);
  const quote = exchange.instruments.find((each) => each.id === held?.instrument)?.quote;
  if (quote === undefined) return;
  const wallet = exchange.balances(name).find(({ asset }) => asset === quote);
  const free = new Big(wallet?.total ?? 0).minus(wallet?.locked ?? 0);
  const { equity } = exchange.margin(name, quote);
  const taken = (free.lt(equity) ? free : new Big(equity)).round(2, 0); // down
  if (taken.lte(0)) return;
  exchange.credit(name, quote, taken.times(-1).toFixed());
  reach.later(5_000, () => exchange.credit(name, quote, taken.toFixed()));
}

function deposit({ venue, amount }: Of<"deposit">, reach: Reach): void {
  const place = reach.placeOf(venue);
  if (place?.asset !== undefined) place.exchange.credit(place.name, place.asset, amount);
}

function close({ market, state, forMs }: Of<"halted">, reach: Reach): void {
  const exchange = reach.placeOf(venueOf(market))?.exchange;
  const turn = (to: "open" | typeof state) => {
    const instrument = exchange?.instruments.find((each) => each.id === inner(market));
    if (instrument !== undefined) exchange?.setInstrument({ ...instrument, state: to });
  };
  turn(state);
  reach.later(forMs, () => turn("open"));
}

/** Somebody takes what is ahead of one of our orders, and a part of it. */
function nibble({ market, share }: Of<"nibble">, reach: Reach): void {
  const place = reach.placeOf(venueOf(market));
  const [order] = place?.exchange.openOrders(place.name, inner(market)) ?? [];
  if (place === undefined || order?.price === undefined || order.size === undefined) return;
  const { price, side } = order;
  const rest = order.size - order.filled;
  const { bids, asks } = place.exchange.book(order.instrument);
  const before = side === "buy" ? bids.filter(([level]) => level >= price) : asks.filter(([level]) => level <= price);
  const ahead = before.reduce((sum, [, size]) => sum + size, 0) - rest;
  const part = Math.max(1, Math.ceil(rest * share));
  const taker: Side = side === "buy" ? "sell" : "buy";
  reach.take(place, order.instrument, taker, price, lots(Math.max(part, ahead + part)));
}
