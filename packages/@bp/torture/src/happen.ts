// Faults that happen at an exchange: other hands, the venue itself, and money that comes and goes.
import {
  Big,
  type Decimal,
  decimal,
  exchangeOf,
  type InstrumentId,
  type Lots,
  lots,
  type News,
  type Side,
  symbolOf,
  type VenueId,
  venueOf,
} from "@bp/core";
import type { Exchange } from "@bp/sim";
import type { Fault, FaultKind } from "./fault.ts";
import type { RestlessMarket } from "./market.ts";
import type { Subject, TorturedAccount } from "./subject.ts";
import { byHand } from "./truth.ts";

/** What a fault can reach. */
interface Reach {
  readonly subject: Subject;
  readonly exchangeAt: (account: Pick<TorturedAccount, "venue">) => Exchange;
  readonly marketAt: (venue: VenueId) => RestlessMarket | undefined;
  readonly later: (ms: number, fn: () => void) => void;
  /** A share of a usual order. */
  readonly sizeOf: (id: InstrumentId, share: number) => Lots;
  /** Tells the bot something, past its venues. */
  readonly tell: (news: News) => void;
}

type Of<K extends FaultKind> = Extract<Fault, { readonly kind: K }>;

/** Lets a fault happen. Those that befall the bot or its way to a venue are not among them: nothing is done for them here. */
export function happen(fault: Fault, reach: Reach): void {
  if (fault.kind === "hand") byUser(fault, reach);
  if (fault.kind === "adl") deleverage(fault, reach);
  if (fault.kind === "liquidation") drain(fault, reach);
  if (fault.kind === "deposit") deposit(fault, reach);
  if (fault.kind === "halted") close(fault, reach);
  if (fault.kind === "tick-changed") coarsen(fault, reach);
  if (fault.kind === "nibble") nibble(fault, reach);
}

const inner = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;

/** The account of a venue with its exchange; a subject has one for each of its markets. */
function at(venue: VenueId, { subject, exchangeAt }: Reach) {
  const account = subject.accounts.find((each) => each.venue === venue);
  return account === undefined ? undefined : { account, exchange: exchangeAt(account) };
}

/** An order at any price, given by nobody's bot. */
function anyPrice(instrument: InstrumentId, side: Side, size: Lots, reduceOnly: boolean) {
  const selfTradePrevention = "reject-maker";
  return {
    instrument,
    side,
    type: "market",
    size,
    tif: "ioc",
    postOnly: false,
    reduceOnly,
    selfTradePrevention,
  } as const;
}

function byUser({ market, side, share }: Of<"hand">, reach: Reach): void {
  const found = at(venueOf(market), reach);
  const order = anyPrice(inner(market), side, reach.sizeOf(market, share), false);
  found?.exchange.place(found.account.name, { ...order, clientId: byHand });
}

function deleverage({ market, share }: Of<"adl">, reach: Reach): void {
  const found = at(venueOf(market), reach);
  const positions = found?.exchange.positions(found.account.name) ?? [];
  const held = positions.find((each) => each.instrument === inner(market))?.size ?? 0;
  if (held === 0) return;
  const size = lots(Math.max(1, Math.floor(Math.abs(held) * share)));
  found?.exchange.place(found.account.name, anyPrice(inner(market), held > 0 ? "sell" : "buy", size, true));
}

/** Takes away what carries the positions, and gives it back when the venue has had time to act. */
function drain({ venue }: Of<"liquidation">, reach: Reach): void {
  const found = at(venue, reach);
  if (found === undefined) return;
  const { exchange, account } = found;
  const held = exchange.positions(account.name).find(({ size }) => size !== 0);
  const quote = exchange.instruments.find((each) => each.id === held?.instrument)?.quote;
  if (quote === undefined) return;
  const wallet = exchange.balances(account.name).find(({ asset }) => asset === quote);
  const free = new Big(wallet?.total ?? 0).minus(wallet?.locked ?? 0);
  const { equity } = exchange.margin(account.name, quote);
  const taken = (free.lt(equity) ? free : new Big(equity)).round(2, 0); // down
  if (taken.lte(0)) return;
  exchange.credit(account.name, quote, taken.times(-1).toFixed());
  reach.later(5_000, () => exchange.credit(account.name, quote, taken.toFixed()));
}

function deposit({ venue, amount }: Of<"deposit">, reach: Reach): void {
  const found = at(venue, reach);
  const [asset] = Object.keys(found?.account.balances ?? {});
  if (asset !== undefined) found?.exchange.credit(found.account.name, asset, amount);
}

function close({ market, state, forMs }: Of<"halted">, { exchangeAt, later }: Reach): void {
  const exchange = exchangeAt({ venue: venueOf(market) });
  const turn = (to: "open" | typeof state) => {
    const instrument = exchange.instruments.find((each) => each.id === inner(market));
    if (instrument !== undefined) exchange.setInstrument({ ...instrument, state: to });
  };
  turn(state);
  later(forMs, () => turn("open"));
}

/** Only the bot is told: it must stop before it counts anything in the new steps. */
function coarsen({ market }: Of<"tick-changed">, { subject, tell }: Reach): void {
  const instrument = subject.instruments.find((each) => each.id === market);
  if (instrument !== undefined)
    tell({ type: "instrument.changed", instrument: { ...instrument, tickSize: tenTimes(instrument.tickSize) } });
}

/** Somebody takes what is ahead of one of our orders, and a part of it. */
function nibble({ market, share }: Of<"nibble">, reach: Reach): void {
  const found = at(venueOf(market), reach);
  const [order] = found?.exchange.openOrders(found.account.name, inner(market)) ?? [];
  if (found === undefined || order?.price === undefined || order.size === undefined) return;
  const { price, side } = order;
  const rest = order.size - order.filled;
  const { bids, asks } = found.exchange.book(order.instrument);
  const before = side === "buy" ? bids.filter(([level]) => level >= price) : asks.filter(([level]) => level <= price);
  const ahead = before.reduce((sum, [, size]) => sum + size, 0) - rest;
  const part = Math.max(1, Math.ceil(rest * share));
  const taker: Side = side === "buy" ? "sell" : "buy";
  reach.marketAt(found.account.venue)?.take(order.instrument, taker, price, lots(Math.max(part, ahead + part)));
}

/** A step ten times as large, as decimal text. */
function tenTimes(step: Decimal): Decimal {
  return decimal(new Big(step).times(10).toFixed());
}
