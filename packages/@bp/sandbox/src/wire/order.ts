// One order in the venue's three spellings: live over REST, in the history, and on the stream.
import { type Instrument, priceText, sizeText, symbolOf } from "@bp/core";
import type { ExpiryReason, SimFill, SimOrder } from "@bp/sim";
import { Big } from "big.js";
import type { Times } from "../times.ts";
import { digits, money, naive, plain, price, size } from "./text.ts";

const statuses = {
  new: "New",
  "partially-filled": "PartiallyFilled",
  filled: "Filled",
  cancelled: "Cancelled",
  expired: "Expired",
} as const;

const preventions = {
  "reject-taker": "RejectTaker",
  "reject-maker": "RejectMaker",
  "reject-both": "RejectBoth",
} as const;

const expiries: Readonly<Record<ExpiryReason, string>> = {
  "immediate-or-cancel": "ImmediateOrCancel",
  "fill-or-kill": "FillOrKill",
  "would-take": "PostOnlyTaker",
  "self-trade": "SelfTradePrevention",
  "price-band": "PriceOutOfBounds",
  "reduce-only": "ReduceOnlyNotReduced",
  "no-liquidity": "InsufficientLiquidity",
};

const sideOf = (order: { readonly side: "buy" | "sell" }) => (order.side === "buy" ? "Bid" : "Ask");

/** What never applies here: conditional orders are not simulated. */
const noStops = {
  stopLossLimitPrice: null,
  stopLossTriggerBy: null,
  stopLossTriggerPrice: null,
};
const noProfits = {
  takeProfitLimitPrice: null,
  takeProfitTriggerBy: null,
  takeProfitTriggerPrice: null,
};
const noTrigger = { triggerBy: null, triggerPrice: null, triggerQuantity: null };

function quantityOf(market: Instrument, order: SimOrder): string {
  return size(market, order.size ?? order.filled);
}

/** The order object of the live endpoints (POST, GET, DELETE order and orders). */
export function liveOrder(market: Instrument, order: SimOrder, times: Times): Record<string, unknown> {
  const limit = order.type === "limit";
  return {
    clientId: order.clientId ?? null,
    createdAt: times.toldMs(order.createdAt),
    executedQuantity: size(market, order.filled),
    executedQuoteQuantity: money(order.filledQuote),
    id: order.id,
    orderType: limit ? "Limit" : "Market",
    ...(limit ? { postOnly: order.postOnly, price: priceOf(market, order) } : {}),
    quantity: quantityOf(market, order),
    ...(limit ? {} : { quoteQuantity: money(order.quoteSize ?? order.filledQuote) }),
    reduceOnly: order.reduceOnly ? true : null,
    relatedOrderId: null,
    selfTradePrevention: preventions[order.selfTradePrevention],
    side: sideOf(order),
    status: statuses[order.status],
    ...noStops,
    strategyId: null,
    symbol: symbolOf(order.instrument),
    ...noProfits,
    timeInForce: order.tif.toUpperCase(),
    ...noTrigger,
    triggeredAt: null,
  };
}

function priceOf(market: Instrument, order: SimOrder): string | null {
  return order.price === undefined ? null : price(market, order.price);
}

/** Limit orders: price times size. Market orders: what was asked for in quote, else what was traded. */
function quoteOf(market: Instrument, order: SimOrder): Big {
  if (order.price !== undefined && order.size !== undefined)
    return new Big(priceText(market, order.price)).times(sizeText(market, order.size));
  return new Big(order.quoteSize ?? order.filledQuote);
}

/** A row of the order history. */
export function pastOrder(market: Instrument, order: SimOrder, times: Times): Record<string, unknown> {
  const limit = order.type === "limit";
  return {
    clientId: order.clientId ?? null,
    createdAt: naive(times.toldMs(order.createdAt)),
    executedQuantity: size(market, order.filled),
    executedQuoteQuantity: money(order.filledQuote),
    expiryReason: order.expiry === undefined ? null : expiries[order.expiry],
    id: order.id,
    orderType: limit ? "Limit" : "Market",
    postOnly: limit ? order.postOnly : null,
    price: priceOf(market, order),
    quantity: quantityOf(market, order),
    quoteQuantity: money(quoteOf(market, order)),
    selfTradePrevention: preventions[order.selfTradePrevention],
    side: sideOf(order),
    slippageTolerance: null,
    slippageToleranceType: null,
    status: statuses[order.status],
    ...noStops,
    strategyId: null,
    symbol: symbolOf(order.instrument),
    systemOrderType: null,
    ...noProfits,
    timeInForce: order.tif.toUpperCase(),
    ...noTrigger,
  };
}

/** A row of the fill history. The client id is text here and nowhere else. */
export function pastFill(market: Instrument, fill: SimFill, times: Times, system: boolean): Record<string, unknown> {
  return {
    clientId: fill.clientId === undefined ? null : String(fill.clientId),
    fee: money(fill.fee),
    feeSymbol: fill.feeAsset,
    isMaker: fill.liquidity === "maker",
    orderId: fill.orderId,
    price: price(market, fill.price),
    quantity: size(market, fill.size),
    side: sideOf(fill),
    symbol: symbolOf(fill.instrument),
    systemOrderType: system ? "LiquidatePositionOnBook" : null,
    timestamp: naive(times.toldMs(fill.at)),
    tradeId: fill.tradeId,
  };
}

/** What happened to an order, in the stream's words. */
export type OrderEvent = "orderAccepted" | "orderCancelled" | "orderExpired" | "orderModified" | "orderFill";

/**
 * The `data` of an order update, keys in the captured order.
 *
 * @param times - E and T in µs
 * @param origin - `USER`, or the venue's own doing
 */
export function orderUpdate(
  market: Instrument,
  event: OrderEvent,
  order: SimOrder,
  fill: SimFill | undefined,
  { emitted, happened }: { readonly emitted: number; readonly happened: number },
  origin = "USER",
): Record<string, unknown> {
  const limit = order.type === "limit";
  const quote =
    limit || order.quoteSize !== undefined
      ? {
          Q: limit
            ? quoteOf(market, order).toFixed(digits(priceText(market, order.price ?? market.minPrice)))
            : order.quoteSize,
        }
      : {};
  const quantity = order.size === undefined ? {} : { q: size(market, order.size) };
  return {
    E: emitted,
    ...(fill === undefined ? {} : { L: priceText(market, fill.price), N: fill.feeAsset }),
    O: origin,
    ...quote,
    ...(order.expiry === undefined || event !== "orderExpired" ? {} : { R: expiries[order.expiry] }),
    S: sideOf(order),
    T: happened,
    V: preventions[order.selfTradePrevention],
    X: statuses[order.status],
    Z: order.filled === 0 ? "0" : quoteTotal(market, order),
    ...(order.clientId === undefined ? {} : { c: order.clientId }),
    e: event,
    f: order.tif.toUpperCase(),
    i: order.id,
    ...(fill === undefined
      ? {}
      : { l: sizeText(market, fill.size), m: fill.liquidity === "maker", n: plain(fill.fee) }),
    o: limit ? "LIMIT" : "MARKET",
    ...(order.price === undefined ? {} : { p: price(market, order.price) }),
    ...quantity,
    r: order.reduceOnly,
    s: symbolOf(order.instrument),
    t: fill?.tradeId ?? null,
    ...(limit ? { y: order.postOnly } : {}),
    z: order.filled === 0 ? "0" : sizeText(market, order.filled),
  };
}

function quoteTotal(market: Instrument, order: SimOrder): string {
  return new Big(order.filledQuote).toFixed(digits(market.tickSize) + digits(market.lotSize));
}
