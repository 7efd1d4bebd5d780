// Requests for quotes: who asks, who quotes, who takes which quote, and the exact exchange of money that follows.
import { type Lots, lots, type Millis, millis, sizeToBig } from "@bp/core";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { Member } from "../accounts.ts";
import type { Auto } from "../notes.ts";
import type { RfqMarket } from "./rfqMarkets.ts";
import { type Deal, exchangeMoney } from "./rfqSettle.ts";
import type { SpotMargin } from "./spotMargin.ts";
import type { Till } from "./till.ts";

export type RfqStatus = "New" | "Filled" | "Cancelled" | "Expired";

/** What was asked for: one of the two amounts. */
export interface Wish {
  readonly market: RfqMarket;
  readonly side: "Bid" | "Ask";
  /** Base. */
  readonly quantity: string | undefined;
  readonly quoteQuantity: string | undefined;
  /** `Immediate` only: the worst price. */
  readonly price: string | undefined;
  readonly mode: "AwaitAccept" | "Immediate";
  readonly clientId: number | undefined;
  readonly auto: Auto;
}

export interface Rfq extends Wish {
  /** Above 2^53. */
  readonly id: bigint;
  /** Who asks. */
  readonly account: string;
  readonly member: Member;
  readonly createdAt: Millis;
  submissionAt: Millis;
  expiryAt: Millis;
  status: RfqStatus;
  readonly quotes: Quote[];
}

export interface Quote {
  readonly id: bigint;
  readonly rfq: Rfq;
  /** Who quotes; `undefined`: the house. */
  readonly account: string | undefined;
  readonly member: Member | undefined;
  readonly auto: Auto;
  readonly clientId: number | undefined;
  readonly bid: string;
  readonly ask: string;
  readonly createdAt: Millis;
  status: RfqStatus;
}

/** A trade that came of it. */
export interface RfqFill {
  readonly rfq: Rfq;
  readonly quote: Quote;
  /** Base. */
  readonly quantity: string;
  /** What the requester paid or got, fee included. */
  readonly price: string;
  /** What the quoter got or paid. */
  readonly quotePrice: string;
  /** Of the quoter, in quote. */
  readonly fee: string;
  readonly at: Millis;
}

/** What is told of it: to everybody, to who asks, or to who quotes. */
export type RfqNews =
  | { readonly event: "rfqActive"; readonly rfq: Rfq }
  | { readonly event: "rfqAccepted"; readonly rfq: Rfq }
  | { readonly event: "rfqRefreshed"; readonly rfq: Rfq }
  | { readonly event: "rfqCancelled"; readonly rfq: Rfq }
  | { readonly event: "rfqCandidate"; readonly rfq: Rfq; readonly quote: Quote; readonly price: string }
  | { readonly event: "quoteAccepted"; readonly rfq: Rfq; readonly quote: Quote }
  | { readonly event: "quoteCancelled"; readonly rfq: Rfq; readonly quote: Quote }
  | { readonly event: "rfqFilled"; readonly rfq: Rfq; readonly quote: Quote; readonly fill: RfqFill };

/** Why nothing was done. */
export type RfqRefusal = "not-found" | "too-late" | "no-funds" | "own" | "duplicate-client-id";

export interface RfqDesk {
  submit(member: Member, wish: Wish): Rfq | RfqRefusal;
  /** @param member - `undefined`: the house */
  quote(
    member: Member | undefined,
    id: string,
    prices: Pick<Quote, "bid" | "ask" | "clientId" | "auto">,
  ): Quote | RfqRefusal;
  accept(member: Member, quoteId: string, which: Which): Rfq | RfqRefusal;
  refresh(member: Member, id: string): Rfq | RfqRefusal;
  cancel(member: Member, which: Which): Rfq | RfqRefusal;
  /** Requests that are open, oldest first. */
  open(): readonly Rfq[];
  /** All of them, oldest first. */
  all(): readonly Rfq[];
  fills(): readonly RfqFill[];
  listen(listener: (news: RfqNews) => void): void;
}

interface Which {
  readonly rfqId?: string | undefined;
  readonly clientId?: number | undefined;
}

const quoteMs = 30_000; // exchange time in which quotes are taken
const lifeMs = 60_000; // and in which one of them may be accepted
const kept = 10_000;
const firstId = 113_392_053_149_171_712n;
const idStep = 915_609_088n;

/** No requests yet. */
export function createRfqDesk(house: House, till: Till, margin: SpotMargin): RfqDesk {
  const { exchange, agenda } = house;
  const all: Rfq[] = [];
  const fills: RfqFill[] = [];
  const listeners: ((news: RfqNews) => void)[] = [];
  let lastId = firstId;
  const nextId = () => (lastId += idStep);
  const tell = (news: RfqNews) => {
    for (const listener of listeners) listener(news);
  };
  const isOpen = (rfq: Rfq) => rfq.status === "New";

  const endQuotes = (rfq: Rfq, except?: Quote) => {
    for (const quote of rfq.quotes) {
      if (quote === except || quote.status !== "New") continue;
      quote.status = "Cancelled";
      tell({ event: "quoteCancelled", rfq, quote });
    }
  };
  const end = (rfq: Rfq, status: "Cancelled" | "Expired") => {
    rfq.status = status;
    endQuotes(rfq);
    tell({ event: "rfqCancelled", rfq });
  };
  const expireAt = (rfq: Rfq, at: Millis) =>
    agenda.at(at, () => {
      if (isOpen(rfq) && rfq.expiryAt <= exchange.now()) end(rfq, "Expired");
    });
  const windowFrom = (now: number) => ({ submissionAt: millis(now + quoteMs), expiryAt: millis(now + lifeMs) });

  /** What the requester would pay or get for one unit, fee included. */
  const priceFor = (rfq: Rfq, quote: Quote): string => {
    const { taker } = exchange.terms(rfq.account, rfq.market.spot.id);
    const bid = rfq.side === "Bid";
    const each = new Big(bid ? quote.ask : quote.bid).times(new Big(1)[bid ? "plus" : "minus"](taker));
    return each.round(8, bid ? 3 : 0).toFixed();
  };

  const sizeOf = (rfq: Rfq, price: string): Lots => {
    const base = rfq.quantity ?? new Big(rfq.quoteQuantity ?? "0").div(price).toFixed();
    return lots(new Big(base).div(rfq.market.spot.lotSize).round(0, 0).toNumber());
  };

  const fill = (rfq: Rfq, quote: Quote): Rfq | RfqRefusal => {
    const price = priceFor(rfq, quote);
    const size = sizeOf(rfq, price);
    const quotePrice = rfq.side === "Bid" ? quote.ask : quote.bid;
    const { maker } = quote.account === undefined ? { maker: "0" } : exchange.terms(quote.account, rfq.market.spot.id);
    const quantity = sizeToBig(rfq.market.spot, size);
    const fee = quantity.times(quotePrice).times(maker).round(8, 3);
    const asks = { member: rfq.member, auto: rfq.auto };
    const gives = { member: quote.member, auto: quote.auto };
    const [buyer, seller] = rfq.side === "Bid" ? [asks, gives] : [gives, asks];
    const deal: Deal = {
      market: rfq.market.spot,
      buyer: buyer.member?.name,
      seller: seller.member?.name,
      quantity,
      buyerPays: rfq.side === "Bid" ? quantity.times(price) : quantity.times(quotePrice).plus(fee),
      sellerGets: rfq.side === "Bid" ? quantity.times(quotePrice).minus(fee) : quantity.times(price),
    };
    const { base, quote: money } = deal.market;
    if (deal.buyer !== undefined) margin.cover(deal.buyer, money, deal.buyerPays, buyer.auto, "Rfq");
    if (deal.seller !== undefined) margin.cover(deal.seller, base, quantity, seller.auto, "Rfq");
    if (!exchangeMoney(till, deal)) return "no-funds";
    if (buyer.member !== undefined) margin.settle(buyer.member, base, quantity, buyer.auto, undefined);
    if (seller.member !== undefined) margin.settle(seller.member, money, deal.sellerGets, seller.auto, undefined);
    rfq.status = "Filled";
    quote.status = "Filled";
    const done: RfqFill = {
      rfq,
      quote,
      quantity: quantity.toFixed(),
      price,
      quotePrice,
      fee: fee.toFixed(),
      at: exchange.now(),
    };
    fills.push(done);
    if (fills.length > kept) fills.shift();
    tell({ event: "rfqFilled", rfq, quote, fill: done });
    endQuotes(rfq, quote);
    return rfq;
  };

  const find = (member: Member, { rfqId, clientId }: Which) =>
    all.findLast(
      (rfq) =>
        rfq.account === member.name &&
        (rfqId === undefined ? clientId !== undefined && rfq.clientId === clientId : String(rfq.id) === rfqId) &&
        isOpen(rfq),
    );

  const good = (rfq: Rfq, price: string) =>
    rfq.price === undefined || (rfq.side === "Bid" ? new Big(price).lte(rfq.price) : new Big(price).gte(rfq.price));

  return {
    submit: (member, wish) => {
      if (wish.clientId !== undefined && find(member, { clientId: wish.clientId }) !== undefined)
        return "duplicate-client-id";
      const now = exchange.now();
      const rfq: Rfq = {
        ...wish,
        id: nextId(),
        account: member.name,
        member,
        createdAt: now,
        ...windowFrom(now),
        status: "New",
        quotes: [],
      };
      all.push(rfq);
      if (all.length > kept) all.shift();
      expireAt(rfq, rfq.expiryAt);
      tell({ event: "rfqAccepted", rfq });
      tell({ event: "rfqActive", rfq });
      return rfq;
    },
    quote: (member, id, prices) => {
      const rfq = all.find((each) => String(each.id) === id);
      if (rfq === undefined || !isOpen(rfq)) return "not-found";
      if (rfq.account === member?.name) return "own";
      if (exchange.now() > rfq.submissionAt) return "too-late";
      // a quoter's new prices take the place of those before
      for (const before of rfq.quotes)
        if (before.account === member?.name && before.status === "New") {
          before.status = "Cancelled";
          tell({ event: "quoteCancelled", rfq, quote: before });
        }
      const quote: Quote = {
        ...prices,
        id: nextId(),
        rfq,
        account: member?.name,
        member,
        createdAt: exchange.now(),
        status: "New",
      };
      rfq.quotes.push(quote);
      tell({ event: "quoteAccepted", rfq, quote });
      const price = priceFor(rfq, quote);
      tell({ event: "rfqCandidate", rfq, quote, price });
      if (rfq.mode === "Immediate" && good(rfq, price)) fill(rfq, quote);
      return quote;
    },
    accept: (member, quoteId, which) => {
      const rfq = all.findLast(
        (each) => each.account === member.name && each.quotes.some((quote) => String(quote.id) === quoteId),
      );
      const quote = rfq?.quotes.find((each) => String(each.id) === quoteId);
      if (rfq === undefined || quote === undefined || !isOpen(rfq) || quote.status !== "New") return "not-found";
      const named = which.rfqId !== undefined || which.clientId !== undefined;
      if (named && find(member, which) !== rfq) return "not-found";
      return fill(rfq, quote);
    },
    refresh: (member, rfqId) => {
      const rfq = find(member, { rfqId });
      if (rfq === undefined) return "not-found";
      Object.assign(rfq, windowFrom(exchange.now()));
      expireAt(rfq, rfq.expiryAt);
      tell({ event: "rfqRefreshed", rfq });
      return rfq;
    },
    cancel: (member, which) => {
      const rfq = find(member, which);
      if (rfq === undefined) return "not-found";
      end(rfq, "Cancelled");
      return rfq;
    },
    open: () => all.filter(isOpen),
    all: () => all,
    fills: () => fills,
    listen: (listener) => void listeners.push(listener),
  };
}
