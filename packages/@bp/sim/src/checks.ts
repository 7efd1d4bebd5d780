// Whether the exchange takes an order at all: its form, the market's filters, the account's means.
import { leastUnits, notionalUnits, priceText, sizeText } from "@bp/core";
import { clientKey, holdingOf, walletOf } from "./account.ts";
import type { OrderRequest, Refusal } from "./contract.ts";
import { marginOf } from "./margin.ts";
import { priceNow } from "./market.ts";
import { MAX_PRICE } from "./matching.ts";
import { fraction } from "./money.ts";
import type { Account, Market } from "./state.ts";

export interface Refused {
  readonly refusal: Refusal;
  readonly text: string;
}

const refuse = (refusal: Refusal, text: string): Refused => ({ refusal, text });

/** Form: fields that belong together. `undefined` if it is sound. */
export function checkForm(request: OrderRequest, market: Market): Refused | undefined {
  const { type, price, size, quoteSize, tif, postOnly, reduceOnly } = request;
  if (type === "limit") {
    if (price === undefined) return refuse("bad-request", "Limit orders must specify a price");
    if (size === undefined || quoteSize !== undefined)
      return refuse("bad-request", "Limit orders must specify a quantity");
    if (!Number.isSafeInteger(price) || price <= 0) return refuse("bad-price", "Invalid price");
  } else {
    if ((size === undefined) === (quoteSize === undefined))
      return refuse("bad-request", "Market orders must specify a `quantity` or `quoteQuantity`");
    if (price !== undefined) return refuse("bad-request", "Market orders have no price");
    if (quoteSize !== undefined && fraction(quoteSize) === undefined) return refuse("bad-request", "Invalid quantity");
    if (quoteSize !== undefined && notionalUnits(market.instrument, quoteSize) <= 0)
      return refuse("bad-size", "Quantity too small");
  }
  if (size !== undefined && (!Number.isSafeInteger(size) || size <= 0)) return refuse("bad-size", "Invalid quantity");
  if (postOnly && (type === "market" || tif !== "gtc"))
    return refuse("bad-request", "Post only orders must be limit orders that rest");
  if (reduceOnly && market.instrument.kind !== "perp") return refuse("bad-request", "Reduce only is for perpetuals");
  return undefined;
}

/** The market's filters and state. */
export function checkFilters(request: OrderRequest, market: Market): Refused | undefined {
  const { instrument } = market;
  const { state, minSize, maxSize, minPrice, maxPrice, band } = instrument;
  const { price, size, type } = request;
  if (state === "closed" || state === "cancel-only") return refuse("market-closed", `Order book is ${state}`);
  if (state === "limit-only" && type === "market") return refuse("market-closed", "Order book takes limit orders only");
  if (state === "post-only" && (type === "market" || crosses(request, market)))
    return refuse("market-closed", "Order book takes post only orders only");
  if (size !== undefined && size < minSize)
    return refuse("bad-size", `Quantity is below the minimum ${sizeText(instrument, minSize)}`);
  if (size !== undefined && maxSize !== undefined && size > maxSize)
    return refuse("bad-size", `Quantity is above the maximum ${sizeText(instrument, maxSize)}`);
  if (price === undefined) return undefined;
  if (price < minPrice || price > MAX_PRICE || (maxPrice !== undefined && price > maxPrice))
    return refuse("bad-price", `Price ${priceText(instrument, price)} is outside the bounds of the market`);
  const now = band === undefined ? undefined : priceNow(market);
  if (band !== undefined && now !== undefined && (price > now * band.max || price < now * band.min))
    return refuse(
      "bad-price",
      `Price ${priceText(instrument, price)} is outside ${band.min} to ${band.max} of the mark price`,
    );
  if (size === undefined) return undefined;
  if (!Number.isSafeInteger(price * size)) return refuse("bad-size", "Quantity is too large at this price");
  if (!request.reduceOnly && price * size < leastUnits(instrument))
    return refuse("bad-size", `Order value is below ${instrument.minNotional}`);
  return undefined;
}

/** Whether a limit order would trade at once. */
export function crosses(request: OrderRequest, market: Market): boolean {
  const { bid, ask } = market.matcher;
  if (request.price === undefined) return true;
  return request.side === "buy" ? ask > 0 && request.price >= ask : bid > 0 && request.price <= bid;
}

/** What the account has said already. */
export function checkAccount(
  request: OrderRequest,
  market: Market,
  account: Account,
  most: number,
): Refused | undefined {
  const { clientId } = request;
  if (clientId !== undefined && account.clientIds.has(clientKey(market.id, clientId)))
    return refuse("duplicate-client-id", `Order with client ID already exists: ${clientId}`);
  if ((account.openIn.get(market) ?? 0) >= most) return refuse("too-many-orders", "Too many open orders");
  return undefined;
}

/** The size that a reduce-only order may have, in lots; 0 when it would not reduce. */
export function reducible(request: OrderRequest, market: Market, account: Account): number {
  const { size } = holdingOf(account, market).position;
  return request.side === "sell" ? Math.max(size, 0) : Math.max(-size, 0);
}

/**
 * Whether the account can pay for an order.
 *
 * @param units - its worst notional in tick-lots
 * @param size - lots
 */
export function checkMeans(
  request: OrderRequest,
  market: Market,
  account: Account,
  units: number,
  size: number,
): Refused | undefined {
  const { instrument, unit, lotUnit } = market;
  if (instrument.kind === "spot") {
    const selling = request.side === "sell";
    const wallet = walletOf(account, selling ? instrument.base : instrument.quote);
    const needed = selling ? lotUnit.times(size) : unit.times(units);
    if (needed.gt(wallet.total.minus(wallet.locked))) return refuse("no-funds", "Insufficient funds");
    if (!selling && account.holdings.size > 0 && needed.gt(marginOf(account).available))
      return refuse("no-funds", "Insufficient funds");
    return undefined;
  }
  if (request.reduceOnly) return undefined;
  const holding = holdingOf(account, market);
  const buying = request.side === "buy" ? units : 0;
  const after = marginOf(account, { holding, buying, selling: units - buying });
  if (after.available.lt(0) && after.initial.gt(marginOf(account).initial))
    return refuse("no-margin", "Insufficient margin");
  return undefined;
}
