// Requests for quotes and quotes, live over REST and in the history.
import type { Millis } from "@bp/core";
import type { Times } from "../../times.ts";
import type { Quote, Rfq, RfqFill } from "../desks/rfq.ts";
import { naive } from "./dates.ts";

type When = (at: Millis) => number | string;

/** Live endpoints: ms. */
const liveTimes =
  (times: Times): When =>
  (at) =>
    times.toldMs(at);

/** History: text without a zone. */
const pastTimes =
  (times: Times): When =>
  (at) =>
    naive(times.toldMs(at));

/** What the two forms of a request share. */
function common(rfq: Rfq, when: When): Record<string, unknown> {
  return {
    rfqId: String(rfq.id),
    clientId: rfq.clientId ?? null,
    symbol: rfq.market.symbol,
    side: rfq.side,
    price: rfq.price ?? null,
    quantity: rfq.quantity ?? null,
    quoteQuantity: rfq.quoteQuantity ?? null,
    submissionTime: when(rfq.submissionAt),
    expiryTime: when(rfq.expiryAt),
    status: rfq.status,
    executionMode: rfq.mode,
    createdAt: when(rfq.createdAt),
  };
}

export const liveRfq = (rfq: Rfq, times: Times): Record<string, unknown> => ({
  ...common(rfq, liveTimes(times)),
  systemOrderType: null,
});

export const pastRfq = (rfq: Rfq, times: Times): Record<string, unknown> => ({
  ...common(rfq, pastTimes(times)),
  deferredSettlementQuoteId: null,
});

function quoteRow(quote: Quote, when: When): Record<string, unknown> {
  return {
    rfqId: String(quote.rfq.id),
    quoteId: String(quote.id),
    clientId: quote.clientId ?? null,
    bidPrice: quote.bid,
    askPrice: quote.ask,
    status: quote.status,
    createdAt: when(quote.createdAt),
  };
}

export const liveQuote = (quote: Quote, times: Times): Record<string, unknown> => quoteRow(quote, liveTimes(times));

export const pastQuote = (quote: Quote, times: Times): Record<string, unknown> => ({
  ...quoteRow(quote, pastTimes(times)),
  deferredSettlement: false,
});

/** To who asked. */
export function rfqFillRow({ rfq, quote, price, quantity, at }: RfqFill, times: Times): Record<string, unknown> {
  const when = pastTimes(times);
  return {
    rfqId: String(rfq.id),
    clientId: rfq.clientId ?? null,
    quoteId: String(quote.id),
    symbol: rfq.market.symbol,
    side: rfq.side,
    quantity,
    quoteQuantity: rfq.quoteQuantity ?? null,
    fillPrice: price,
    createdAt: when(rfq.createdAt),
    filledAt: when(at),
    systemOrderType: null,
  };
}

/** To who quoted; the side is his. */
export function quoteFillRow(fill: RfqFill, times: Times): Record<string, unknown> {
  const { rfq, quote, quotePrice, quantity, fee, at } = fill;
  const when = pastTimes(times);
  return {
    clientId: quote.clientId ?? null,
    quoteId: String(quote.id),
    rfqId: String(rfq.id),
    symbol: rfq.market.symbol,
    side: rfq.side === "Bid" ? "Ask" : "Bid",
    quantity,
    fillPrice: quotePrice,
    fee,
    feeSymbol: rfq.market.spot.quote,
    createdAt: when(quote.createdAt),
    filledAt: when(at),
  };
}
