// One order in the venue's three spellings: live over REST, in the history, and on the stream.
import { type Instrument, priceText, sizeText, symbolOf } from "@bp/core";
import type { AttachedOrder, ExpiryReason, ReferencePrice, Refusal, SimFill, SimOrder } from "@bp/sim";
import { Big } from "big.js";
import { digits, money, plain, price, size } from "../../text.ts";
import type { Times } from "../../times.ts";
import type { OrderNote, ReferenceWord } from "../notes.ts";
import { naive } from "./dates.ts";

const statuses = {
  waiting: "TriggerPending",
  "trigger-failed": "TriggerFailed",
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

const failures: Readonly<Partial<Record<Refusal, string>>> = {
  "no-funds": "InsufficientFunds",
  "no-margin": "InsufficientMargin",
  "bad-price": "InvalidPrice",
  "bad-size": "InvalidQuantity",
  "would-take": "PostOnlyTaker",
  "reduce-only": "StopWithoutPosition",
  "too-many-orders": "MaxStopOrdersPerPosition",
  "market-closed": "AccountTradingSuspended",
};

const references: Readonly<Record<ReferencePrice, ReferenceWord>> = {
  last: "LastPrice",
  mark: "MarkPrice",
  index: "IndexPrice",
};

/** Whether it is a limit order to its owner: market orders with a tolerance are so only beneath. */
const isLimit = (order: SimOrder, note: OrderNote) => order.type === "limit" && note.asMarket !== true;

/** Whether it has (had) a trigger and never came to life. */
const unfired = (order: SimOrder) =>
  order.trigger !== undefined && (order.triggeredAt === undefined || order.status === "trigger-failed");

function quantityOf(market: Instrument, order: SimOrder): string {
  return unfired(order) ? "0" : size(market, order.size ?? order.filled);
}

function quoteSizeOf(order: SimOrder, note: OrderNote): string | undefined {
  return note.quoteQuantity ?? order.quoteSize;
}

/** Why it ended, in the venue's words. */
function reasonOf(order: SimOrder, note: OrderNote): string | undefined {
  if (order.failure !== undefined) return failures[order.failure] ?? "Unknown";
  if (order.expiry === undefined) return undefined;
  const slipped = note.asMarket === true && order.expiry === "immediate-or-cancel";
  return slipped ? "SlippageToleranceExceeded" : expiries[order.expiry];
}

function triggerFields(market: Instrument, order: SimOrder, note: OrderNote): Record<string, unknown> {
  const { trigger } = order;
  if (trigger === undefined) return { triggerBy: null, triggerPrice: null, triggerQuantity: null };
  return {
    triggerBy: triggerWord(order, note) ?? null,
    triggerPrice: price(market, trigger.price),
    triggerQuantity: triggerSize(market, order, note),
  };
}

/** Attached orders tell their reference; others only what was sent. */
function triggerWord(order: SimOrder, note: OrderNote): ReferenceWord | undefined {
  if (note.triggerQuantity !== undefined) return note.triggerBy;
  return order.trigger === undefined ? undefined : references[order.trigger.by];
}

function triggerSize(market: Instrument, order: SimOrder, note: OrderNote): string {
  return note.triggerQuantity ?? (order.size === undefined ? "0" : size(market, order.size));
}

/** The three fields of an attached order. */
function legFields(
  market: Instrument,
  kind: "stopLoss" | "takeProfit",
  leg: AttachedOrder | undefined,
  by: ReferenceWord | undefined,
): Record<string, unknown> {
  return {
    [`${kind}LimitPrice`]: leg?.limit === undefined ? null : price(market, leg.limit),
    [`${kind}TriggerBy`]: leg === undefined ? null : (by ?? null),
    [`${kind}TriggerPrice`]: leg === undefined ? null : price(market, leg.trigger.price),
  };
}

/** The order object of the live endpoints (POST, GET, DELETE order and orders). */
export function liveOrder(market: Instrument, order: SimOrder, times: Times, note: OrderNote): Record<string, unknown> {
  const limit = isLimit(order, note);
  return {
    clientId: order.clientId ?? null,
    createdAt: times.toldMs(order.createdAt),
    executedQuantity: size(market, order.filled),
    executedQuoteQuantity: money(order.filledQuote),
    id: order.id,
    orderType: limit ? "Limit" : "Market",
    ...(limit ? { postOnly: order.postOnly, price: priceOf(market, order) } : {}),
    quantity: quantityOf(market, order),
    ...(limit ? {} : { quoteQuantity: money(quoteSizeOf(order, note) ?? order.filledQuote) }),
    reduceOnly: order.reduceOnly ? true : null,
    relatedOrderId: order.relatedOrderId ?? null,
    selfTradePrevention: preventions[order.selfTradePrevention],
    side: sideOf(order),
    ...(note.slippage === undefined
      ? {}
      : { slippageTolerance: note.slippage.tolerance, slippageToleranceType: note.slippage.type ?? null }),
    status: statuses[order.status],
    ...legFields(market, "stopLoss", order.attached?.stopLoss, note.stopLossBy),
    strategyId: note.strategyId ?? null,
    symbol: symbolOf(order.instrument),
    ...legFields(market, "takeProfit", order.attached?.takeProfit, note.takeProfitBy),
    timeInForce: tifOf(order, note),
    ...triggerFields(market, order, note),
    triggeredAt: order.triggeredAt === undefined ? null : times.toldMs(order.triggeredAt),
  };
}

function priceOf(market: Instrument, order: SimOrder): string | null {
  return order.price === undefined ? null : price(market, order.price);
}

/** A market order with a tolerance was sent without one of its own. */
const tifOf = (order: SimOrder, note: OrderNote) => (note.asMarket === true ? "GTC" : order.tif.toUpperCase());

/** Limit orders: price times size. Market orders: what was asked for in quote, else what was traded. */
function quoteOf(market: Instrument, order: SimOrder, note: OrderNote): Big {
  if (unfired(order)) return new Big(0);
  if (isLimit(order, note) && order.price !== undefined && order.size !== undefined)
    return new Big(priceText(market, order.price)).times(sizeText(market, order.size));
  return new Big(quoteSizeOf(order, note) ?? order.filledQuote);
}

/** A row of the order history. */
export function pastOrder(
  market: Instrument,
  order: SimOrder,
  times: Times,
  note: OrderNote,
  system: boolean,
): Record<string, unknown> {
  const limit = isLimit(order, note);
  return {
    clientId: order.clientId ?? null,
    createdAt: naive(times.toldMs(order.createdAt)),
    executedQuantity: size(market, order.filled),
    executedQuoteQuantity: money(order.filledQuote),
    expiryReason: reasonOf(order, note) ?? null,
    id: order.id,
    orderType: limit ? "Limit" : "Market",
    postOnly: limit ? order.postOnly : null,
    price: limit ? priceOf(market, order) : null,
    quantity: quantityOf(market, order),
    quoteQuantity: money(quoteOf(market, order, note)),
    selfTradePrevention: preventions[order.selfTradePrevention],
    side: sideOf(order),
    slippageTolerance: note.slippage?.tolerance ?? null,
    slippageToleranceType: note.slippage?.type ?? null,
    status: statuses[order.status],
    ...legFields(market, "stopLoss", order.attached?.stopLoss, note.stopLossBy),
    strategyId: note.strategyId ?? null,
    symbol: symbolOf(order.instrument),
    systemOrderType: system ? "LiquidatePositionOnBook" : null,
    ...legFields(market, "takeProfit", order.attached?.takeProfit, note.takeProfitBy),
    timeInForce: tifOf(order, note),
    ...triggerFields(market, order, note),
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
export type OrderEvent =
  | "orderAccepted"
  | "orderCancelled"
  | "orderExpired"
  | "orderModified"
  | "orderFill"
  | "triggerPlaced"
  | "triggerFailed";

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
  note: OrderNote,
  origin = "USER",
): Record<string, unknown> {
  const limit = isLimit(order, note);
  const asleep = unfired(order);
  const quoteSize = quoteSizeOf(order, note);
  const quote =
    limit || quoteSize !== undefined
      ? {
          Q: asleep
            ? "0"
            : limit
              ? quoteOf(market, order, note).toFixed(digits(priceText(market, order.price ?? market.minPrice)))
              : quoteSize,
        }
      : {};
  const quantity = asleep ? { q: "0" } : order.size === undefined ? {} : { q: size(market, order.size) };
  const reference = triggerWord(order, note);
  return {
    ...(order.trigger === undefined || reference === undefined ? {} : { B: reference }),
    E: emitted,
    ...(note.strategyId === undefined ? {} : { H: note.strategyId }),
    ...(order.relatedOrderId === undefined ? {} : { I: order.relatedOrderId }),
    ...(fill === undefined ? {} : { L: priceText(market, fill.price), N: fill.feeAsset }),
    O: origin,
    ...(order.trigger === undefined ? {} : { P: price(market, order.trigger.price) }),
    ...quote,
    ...(event === "orderExpired" ? { R: reasonOf(order, note) ?? "Unknown" } : {}),
    S: sideOf(order),
    T: happened,
    V: preventions[order.selfTradePrevention],
    X: statuses[order.status],
    ...(order.trigger === undefined ? {} : { Y: triggerSize(market, order, note) }),
    Z: order.filled === 0 ? "0" : quoteTotal(market, order),
    ...attachedKeys(market, order, note),
    ...(order.clientId === undefined ? {} : { c: order.clientId }),
    e: event,
    f: tifOf(order, note),
    i: order.id,
    ...(fill === undefined
      ? {}
      : { l: sizeText(market, fill.size), m: fill.liquidity === "maker", n: plain(fill.fee) }),
    o: limit ? "LIMIT" : "MARKET",
    ...(order.price === undefined || !limit ? {} : { p: price(market, order.price) }),
    ...quantity,
    r: order.reduceOnly,
    s: symbolOf(order.instrument),
    t: fill?.tradeId ?? null,
    ...(limit ? { y: order.postOnly } : {}),
    z: order.filled === 0 ? "0" : sizeText(market, order.filled),
  };
}

/** Take profit `a d j`, stop loss `b g k`: trigger price, reference, limit price. */
function attachedKeys(market: Instrument, order: SimOrder, note: OrderNote): Record<string, unknown> {
  const { takeProfit, stopLoss } = order.attached ?? {};
  const of = (
    [at, by, limit]: readonly [string, string, string],
    each: AttachedOrder | undefined,
    word: ReferenceWord | undefined,
  ) =>
    each === undefined
      ? {}
      : {
          [at]: price(market, each.trigger.price),
          ...(word === undefined ? {} : { [by]: word }),
          ...(each.limit === undefined ? {} : { [limit]: price(market, each.limit) }),
        };
  return { ...of(["a", "d", "j"], takeProfit, note.takeProfitBy), ...of(["b", "g", "k"], stopLoss, note.stopLossBy) };
}

function quoteTotal(market: Instrument, order: SimOrder): string {
  return new Big(order.filledQuote).toFixed(digits(market.tickSize) + digits(market.lotSize));
}
