// From the exchange's facts and refusals to the words of core, under the ids of one venue.
import {
  type AccountSnapshot,
  type ClientId,
  type Fill,
  type Instrument,
  type InstrumentId,
  type Millis,
  type OrderExpired,
  type PlaceOrder,
  type RejectReason,
  symbolOf,
  type Unnumbered,
  type VenueId,
} from "@bp/core";
import type { ClientKey, Exchange, ExpiryReason, Refusal, SimBalance, SimFact, SimFill } from "./contract.ts";
import { money, text } from "./money.ts";

/** A fact of core as the venue says it: the moment of arrival is not known yet. */
export type Told = Unnumbered extends infer U ? (U extends { readonly at: Millis } ? Omit<U, "at"> : never) : never;

/** Instrument ids of the exchange under the name of a venue, and back. */
export interface Names {
  outer(id: InstrumentId): InstrumentId;
  /** `undefined` for a market that the exchange does not have. */
  inner(id: InstrumentId): InstrumentId | undefined;
  /** A trade as this venue tells it: the same object each time, since every snapshot lists a thousand of them again. */
  fill(fill: SimFill): Fill;
}

/** Two accounts are two venues with the same markets: the symbol stays, the part before it changes. */
export function namesOf(exchange: Exchange, venue: VenueId): Names {
  const bySymbol = new Map(exchange.instruments.map(({ id }) => [symbolOf(id), id]));
  const outers = new Map<InstrumentId, InstrumentId>();
  const fills = new WeakMap<SimFill, Fill>();
  const names: Names = {
    outer: (id) => {
      let found = outers.get(id);
      if (found === undefined) {
        found = `${venue}:${symbolOf(id)}`;
        outers.set(id, found);
      }
      return found;
    },
    inner: (id) => (id.startsWith(`${venue}:`) ? bySymbol.get(symbolOf(id)) : undefined),
    fill: (fill) => {
      let found = fills.get(fill);
      if (found === undefined) {
        found = { ...fillNews(fill, names), venueAt: fill.at };
        fills.set(fill, found);
      }
      return found;
    },
  };
  return names;
}

/** The exchange's instruments as this account sees them, with its own fees. */
export function instrumentsOf(exchange: Exchange, account: string, names: Names): readonly Instrument[] {
  return exchange.instruments.map((each) => {
    const { maker, taker } = exchange.terms(account, each.id);
    return { ...each, id: names.outer(each.id), fees: { maker, taker } };
  });
}

/** The market that a fact is about, if it is a market fact. */
export function marketOf(fact: SimFact): InstrumentId | undefined {
  if (fact.type === "depth" || fact.type === "trade" || fact.type === "mark") return fact.instrument;
  return fact.type === "instrument" ? fact.instrument.id : undefined;
}

/** The account that a fact is about, if it is one's own. */
export function accountOf(fact: SimFact): string | undefined {
  return "account" in fact ? fact.account : undefined;
}

/** A market fact in core's words. @param at - when it reaches us */
export function marketNews(fact: SimFact, names: Names, at: Millis): Unnumbered | undefined {
  const venueAt = fact.at;
  switch (fact.type) {
    case "depth":
      return {
        type: "book.changed",
        venueAt,
        instrument: names.outer(fact.instrument),
        bids: fact.bids,
        asks: fact.asks,
        at,
      };
    case "trade":
      return {
        type: "trade.printed",
        venueAt,
        instrument: names.outer(fact.instrument),
        price: fact.price,
        size: fact.size,
        taker: fact.taker,
        at,
      };
    case "mark": {
      const { mark, index, fundingRate, fundingAt } = fact;
      return {
        type: "mark.changed",
        venueAt,
        instrument: names.outer(fact.instrument),
        mark,
        index,
        fundingRate,
        fundingAt,
        at,
      };
    }
    case "instrument":
      return {
        type: "instrument.changed",
        venueAt,
        instrument: { ...fact.instrument, id: names.outer(fact.instrument.id) },
        at,
      };
    case "order-accepted":
    case "order-cancelled":
    case "order-expired":
    case "order-modified":
    case "order-amended":
    case "order-waiting":
    case "order-triggered":
    case "order-trigger-failed":
    case "order-filled":
    case "balance":
    case "position":
    case "funding":
    case "liquidation":
      return undefined;
  }
}

/** An account fact in core's words; facts that core has no word for come to nothing. */
export function accountNews(
  fact: SimFact,
  names: Names,
  venue: VenueId,
  quoteOf: (id: InstrumentId) => string,
): Told | undefined {
  const venueAt = fact.at;
  switch (fact.type) {
    case "order-accepted": {
      const clientId = own(fact.order.clientId);
      return clientId === undefined
        ? undefined
        : { type: "order.accepted", venueAt, clientId, venueOrderId: fact.order.id };
    }
    case "order-cancelled": {
      const clientId = own(fact.order.clientId);
      if (clientId === undefined) return undefined;
      const { id: venueOrderId, filled } = fact.order;
      return { type: "order.cancelled", venueAt, clientId, venueOrderId, filled };
    }
    case "order-expired": {
      const clientId = own(fact.order.clientId);
      if (clientId === undefined) return undefined;
      const why = fact.order.expiry ?? "immediate-or-cancel";
      return {
        type: "order.expired",
        venueAt,
        clientId,
        venueOrderId: fact.order.id,
        filled: fact.order.filled,
        reason: expiries[why],
        text: why,
      };
    }
    case "order-filled":
      return { ...fillNews(fact.fill, names), venueAt };
    case "balance":
      return { type: "balance.changed", venueAt, venue, ...balanceNews(fact.balance) };
    case "funding":
      return {
        type: "funding.paid",
        venueAt,
        instrument: names.outer(fact.instrument),
        amount: fact.amount,
        asset: quoteOf(fact.instrument),
      };
    case "order-modified": // told by its end, see the venues
    case "order-amended": // a core venue has no word for these
    case "order-waiting":
    case "order-triggered":
    case "order-trigger-failed":
    case "position":
    case "liquidation": // its fills are told
    case "depth":
    case "trade":
    case "mark":
    case "instrument":
      return undefined;
  }
}

function own(clientId: ClientKey | undefined): ClientId | undefined {
  return typeof clientId === "number" ? (clientId as ClientId) : undefined; // the exchange gives back what it was given
}

function balanceNews(balance: SimBalance) {
  return { asset: balance.asset, total: balance.total, free: text(money(balance.total).minus(balance.locked)) };
}

function fillNews(fill: SimFill, names: Names) {
  const { side, price, size, total, fee, feeAsset, liquidity } = fill;
  return {
    type: "order.filled",
    clientId: own(fill.clientId),
    venueOrderId: fill.orderId,
    tradeId: String(fill.tradeId),
    instrument: names.outer(fill.instrument),
    side,
    price,
    size,
    total,
    fee,
    feeAsset,
    liquidity,
  } as const;
}

const recentFills = 1_000;

/** Everything the exchange knows of an account now. */
export function snapshotOf(exchange: Exchange, account: string, names: Names, venue: VenueId): AccountSnapshot {
  return {
    type: "account.snapshot",
    venue,
    asOf: exchange.now(),
    orders: exchange.openOrders(account).flatMap((order) => {
      const { id, instrument, side, price, size, filled } = order;
      if (price === undefined || size === undefined) return []; // a market order that waits for the taker delay
      if (order.status === "waiting") return []; // core knows no triggers
      return [
        {
          clientId: own(order.clientId),
          venueOrderId: id,
          instrument: names.outer(instrument),
          side,
          price,
          size,
          filled,
        },
      ];
    }),
    positions: exchange
      .positions(account)
      .map(({ instrument, size, cost }) => ({ instrument: names.outer(instrument), size, cost })),
    balances: exchange.balances(account).map(balanceNews),
    fills: exchange
      .fills(account)
      .slice(-recentFills)
      .map((fill) => names.fill(fill)),
  };
}

const expiries: Readonly<Record<ExpiryReason, OrderExpired["reason"]>> = {
  "immediate-or-cancel": "filled-what-it-could",
  "fill-or-kill": "filled-what-it-could",
  "no-liquidity": "filled-what-it-could",
  "would-take": "would-take",
  "self-trade": "self-trade",
  "price-band": "price-band",
  "reduce-only": "reduce-only",
};

/** Refusals as reasons that core knows. */
export const reasons: Readonly<Record<Refusal, RejectReason>> = {
  "unknown-instrument": "other",
  "market-closed": "closed",
  "bad-price": "price-band",
  "bad-size": "below-minimum",
  "would-take": "would-take",
  "no-funds": "no-funds",
  "no-margin": "no-funds",
  "reduce-only": "reduce-only",
  "duplicate-client-id": "other",
  "too-many-orders": "other",
  "not-found": "other",
  "bad-request": "other",
  "would-trigger": "other",
  "position-side": "other",
};

/** Remembers how large orders were when they were sent. */
export interface Shrunk {
  sent(command: PlaceOrder): void;
  /**
   * Core has no word for an order that the venue made smaller (reduce-only): one that ends smaller than it was sent is said
   * to have expired too.
   */
  told(news: Told | undefined, fact: SimFact): readonly Told[];
}

/** Of those that are remembered: some were refused, and nobody tells here. */
const mostOpen = 5_000;

/** A memory of nothing yet. */
export function createShrunk(): Shrunk {
  const sizes = new Map<number, number>(); // reduce-only orders that may still end
  return {
    sent: ({ clientId, size, reduceOnly }) => {
      if (!reduceOnly) return;
      sizes.set(clientId, size);
      if (sizes.size > mostOpen) for (const refused of sizes.keys()) return void sizes.delete(refused);
    },
    told: (news, fact) => {
      if (news === undefined) return [];
      if (news.type === "order.cancelled" || news.type === "order.expired") sizes.delete(news.clientId);
      if (news.type !== "order.filled" || fact.type !== "order-filled" || fact.order.status !== "filled") return [news];
      const { clientId, venueOrderId, venueAt, total } = news;
      const size = clientId === undefined ? undefined : sizes.get(clientId);
      if (clientId === undefined || size === undefined) return [news];
      sizes.delete(clientId);
      if (total >= size) return [news];
      const text = "shrunk with the position";
      return [news, { type: "order.expired", venueAt, clientId, venueOrderId, reason: "reduce-only", text }];
    },
  };
}
