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
export interface ExchangeAccount {
  readonly name: string;
  readonly exchange: Exchange;
  /** The asset of a deposit; `undefined`: none is made. */
  readonly asset: string | undefined;
}

/** What a fault can reach. */
export interface Reach {
  /** `undefined`: the bot has no account there. */
  accountAt(venue: VenueId): ExchangeAccount | undefined;
  /** A share of a usual order; 0 where nobody knows what one is worth. */
  sizeOf(id: InstrumentId, share: number): Lots;
  /** Runs something after so much of the trial's time, ms. */
  later(ms: number, fn: () => void): void;
  /** Places an order that the person gave, past the bot. */
  byHand(account: ExchangeAccount, order: OrderRequest): void;
  /** Somebody takes what rests at an exchange, up to a price. */
  take(account: ExchangeAccount, id: InstrumentId, side: Side, price: Ticks, size: Lots): void;
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
  const account = reach.accountAt(venueOf(market));
  const size = reach.sizeOf(market, share);
  if (account !== undefined && size > 0) reach.byHand(account, anyPrice(inner(market), side, size, false));
}

function deleverage({ market, share }: Of<"adl">, reach: Reach): void {
  const account = reach.accountAt(venueOf(market));
  const positions = account?.exchange.positions(account.name) ?? [];
  const held = positions.find((each) => each.instrument === inner(market))?.size ?? 0;
  if (held === 0) return;
  const size = lots(Math.max(1, Math.floor(Math.abs(held) * share)));
  account?.exchange.place(account.name, anyPrice(inner(market), held > 0 ? "sell" : "buy", size, true));
}

/** Takes away what carries the positions, and gives it back when the venue has had time to act. */
function drain({ venue }: Of<"liquidation">, reach: Reach): void {
  const account = reach.accountAt(venue);
  if (account === undefined) return;
  const { exchange, name } = account;
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
  const account = reach.accountAt(venue);
  if (account?.asset !== undefined) account.exchange.credit(account.name, account.asset, amount);
}

function close({ market, state, forMs }: Of<"halted">, reach: Reach): void {
  const exchange = reach.accountAt(venueOf(market))?.exchange;
  const turn = (to: "open" | typeof state) => {
    const instrument = exchange?.instruments.find((each) => each.id === inner(market));
    if (instrument !== undefined) exchange?.setInstrument({ ...instrument, state: to });
  };
  turn(state);
  reach.later(forMs, () => turn("open"));
}

/** Somebody takes what is ahead of one of our orders, and a part of it. */
function nibble({ market, share }: Of<"nibble">, reach: Reach): void {
  const account = reach.accountAt(venueOf(market));
  const [order] = account?.exchange.openOrders(account.name, inner(market)) ?? [];
  if (account === undefined || order?.price === undefined || order.size === undefined) return;
  const { price, side } = order;
  const rest = order.size - order.filled;
  const { bids, asks } = account.exchange.book(order.instrument);
  const before = side === "buy" ? bids.filter(([level]) => level >= price) : asks.filter(([level]) => level <= price);
  const ahead = before.reduce((sum, [, size]) => sum + size, 0) - rest;
  const part = Math.max(1, Math.ceil(rest * share));
  const taker: Side = side === "buy" ? "sell" : "buy";
  reach.take(account, order.instrument, taker, price, lots(Math.max(part, ahead + part)));
}
