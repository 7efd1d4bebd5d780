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
import type { Fault } from "./fault.ts";
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

/** Lets a fault happen. Those that befall the bot or its way to a venue are not among them. */
export function happen(fault: Fault, { subject, exchangeAt, marketAt, later, sizeOf, tell }: Reach): void {
  const accountOf = (venue: VenueId) => subject.accounts.find((each) => each.venue === venue);
  const inner = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
  const market = (
    id: InstrumentId,
    account: string,
    side: "buy" | "sell",
    size: Lots,
    clientId: string | undefined,
    reduceOnly = false,
  ) =>
    void exchangeAt({ venue: venueOf(id) }).place(account, {
      instrument: inner(id),
      side,
      type: "market",
      size,
      tif: "ioc",
      postOnly: false,
      reduceOnly,
      selfTradePrevention: "reject-maker",
      ...(clientId === undefined ? {} : { clientId }),
    });
  switch (fault.kind) {
    case "hand": {
      const account = accountOf(venueOf(fault.market));
      if (account !== undefined)
        market(fault.market, account.name, fault.side, sizeOf(fault.market, fault.share), byHand);
      return;
    }
    case "adl": {
      const account = accountOf(venueOf(fault.market));
      if (account === undefined) return;
      const held = exchangeAt(account)
        .positions(account.name)
        .find((each) => each.instrument === inner(fault.market))?.size;
      if (held === undefined || held === 0) return;
      const size = lots(Math.max(1, Math.floor(Math.abs(held) * fault.share)));
      market(fault.market, account.name, held > 0 ? "sell" : "buy", size, undefined, true);
      return;
    }
    case "liquidation": {
      const account = accountOf(fault.venue);
      if (account === undefined) return;
      const exchange = exchangeAt(account);
      const held = exchange.positions(account.name).find(({ size }) => size !== 0);
      const quote = subject.exchanges
        .flatMap(({ instruments }) => instruments)
        .find((each) => each.id === held?.instrument)?.quote;
      if (held === undefined || quote === undefined) return;
      const { equity } = exchange.margin(account.name, quote);
      const wallet = exchange.balances(account.name).find(({ asset }) => asset === quote);
      const there = Number(wallet?.total ?? 0) - Number(wallet?.locked ?? 0);
      const taken = Math.floor(Math.min(Number(equity), there) * 100) / 100;
      if (taken <= 0) return;
      exchange.credit(account.name, quote, (-taken).toFixed(2));
      later(5_000, () => exchange.credit(account.name, quote, taken.toFixed(2)));
      return;
    }
    case "deposit": {
      const account = accountOf(fault.venue);
      const [asset] = Object.keys(account?.balances ?? {});
      if (account !== undefined && asset !== undefined) exchangeAt(account).credit(account.name, asset, fault.amount);
      return;
    }
    case "halted": {
      const exchange = exchangeAt({ venue: venueOf(fault.market) });
      const found = exchange.instruments.find((each) => each.id === inner(fault.market));
      if (found === undefined) return;
      exchange.setInstrument({ ...found, state: fault.state });
      later(fault.forMs, () => {
        const now = exchange.instruments.find((each) => each.id === found.id);
        if (now !== undefined) exchange.setInstrument({ ...now, state: "open" });
      });
      return;
    }
    case "tick-changed":
      for (const instrument of subject.instruments)
        if (instrument.id === fault.market)
          tell({ type: "instrument.changed", instrument: { ...instrument, tickSize: tenTimes(instrument.tickSize) } });
      return;
    case "nibble": {
      const account = accountOf(venueOf(fault.market));
      if (account === undefined) return;
      const exchange = exchangeAt(account);
      const [order] = exchange.openOrders(account.name, inner(fault.market));
      if (order?.price === undefined || order.size === undefined) return;
      const rest = order.size - order.filled;
      const size = lots(Math.max(1, Math.ceil(rest * fault.share)));
      const { bids, asks } = exchange.book(order.instrument);
      const { price, side } = order;
      const before = side === "buy" ? bids.filter(([at]) => at >= price) : asks.filter(([at]) => at <= price);
      const ahead = before.reduce((sum, [, each]) => sum + each, 0) - rest;
      const taker: Side = side === "buy" ? "sell" : "buy";
      marketAt(account.venue)?.take(order.instrument, taker, price, lots(Math.max(size, ahead + size)));
      return;
    }
    default:
  }
}

/** A step ten times as large, as decimal text. */
function tenTimes(step: Decimal): Decimal {
  return decimal(new Big(step).times(10).toFixed());
}
