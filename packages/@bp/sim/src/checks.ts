// Whether the exchange takes an order at all: its form, the market's filters, the account's means.
import { leastUnits, notionalUnits, priceText, sizeText } from "@bp/core";
import { clientKey, holdingOf } from "./account.ts";
import type { OrderRequest } from "./contract.ts";
import { closes } from "./hedge.ts";
import { covers, marginOf } from "./margin.ts";
import { priceNow } from "./market.ts";
import { MAX_PRICE } from "./matching.ts";
import { fraction } from "./money.ts";
import { type Refused, refuse } from "./refuse.ts";
import type { Account, Market } from "./state.ts";

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
  if (request.closePosition !== undefined && request.trigger === undefined && request.trailing === undefined)
    return refuse("bad-request", "Close position needs a trigger");
  if (request.attached !== undefined && closes(request))
    return refuse("bad-request", "Take profit and stop loss belong to orders that open");
  return undefined;
}

/** The market's filters and state. */
export function checkFilters(request: OrderRequest, market: Market): Refused | undefined {
  const { state, band } = market.instrument;
  const { price } = request;
  if (state === "post-only" && crosses(request, market))
    return refuse("market-closed", "Order book takes post only orders only");
  if (market.lost && crosses(request, market))
    return refuse("market-closed", "Order book is unknown: the recording has a gap");
  const wrong = checkState(request, market) ?? checkBounds(request, market);
  if (wrong !== undefined || price === undefined || band === undefined) return wrong;
  const now = priceNow(market);
  return now !== undefined && (price > now * band.max || price < now * band.min)
    ? refuse(
        "bad-price",
        `Price ${priceText(market.instrument, price)} is outside ${band.min} to ${band.max} of the mark price`,
      )
    : undefined;
}

/** Whether the market takes such orders now. */
export function checkState({ type }: OrderRequest, market: Market): Refused | undefined {
  const { state } = market.instrument;
  if (state === "closed" || state === "cancel-only") return refuse("market-closed", `Order book is ${state}`);
  if (state === "limit-only" && type === "market") return refuse("market-closed", "Order book takes limit orders only");
  if (state === "post-only" && type === "market")
    return refuse("market-closed", "Order book takes post only orders only");
  return undefined;
}

/** The bounds of size, price and value that do not change with the market. */
export function checkBounds(request: OrderRequest, market: Market): Refused | undefined {
  const { instrument } = market;
  const { minSize, maxSize, minPrice, maxPrice } = instrument;
  const { price, size } = request;
  if (size !== undefined && size < minSize)
    return refuse("bad-size", `Quantity is below the minimum ${sizeText(instrument, minSize)}`);
  if (size !== undefined && maxSize !== undefined && size > maxSize)
    return refuse("bad-size", `Quantity is above the maximum ${sizeText(instrument, maxSize)}`);
  if (price === undefined) return undefined;
  if (price < minPrice || price > MAX_PRICE || (maxPrice !== undefined && price > maxPrice))
    return refuse("bad-price", `Price ${priceText(instrument, price)} is outside the bounds of the market`);
  if (size === undefined) return undefined;
  if (!Number.isSafeInteger(price * size)) return refuse("bad-size", "Quantity is too large at this price");
  if (!closes(request) && price * size < leastUnits(instrument))
    return refuse("bad-size", `Order value is below ${instrument.minNotional}`);
  return undefined;
}

/** Whether a limit order would trade at once. */
export function crosses(request: OrderRequest, market: Market): boolean {
  const { bid, ask } = market.matcher;
  if (request.price === undefined) return true;
  return request.side === "buy" ? ask > 0 && request.price >= ask : bid > 0 && request.price <= bid;
}

/** What the account has said already. @param counts - its orders of this kind by market, of which `most` are taken */
export function checkAccount(
  request: OrderRequest,
  market: Market,
  account: Account,
  most: number,
  counts: ReadonlyMap<Market, number>,
): Refused | undefined {
  const { clientId } = request;
  if (clientId !== undefined && account.clientIds.has(clientKey(market.id, clientId)))
    return refuse("duplicate-client-id", `Order with client ID already exists: ${clientId}`);
  if ((counts.get(market) ?? 0) >= most) return refuse("too-many-orders", "Too many open orders");
  return undefined;
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
    const asset = selling ? instrument.base : instrument.quote;
    const needed = selling ? lotUnit.times(size) : unit.times(units);
    return covers(account, asset, needed) ? undefined : refuse("no-funds", "Insufficient funds");
  }
  if (closes(request)) return undefined;
  const holding = holdingOf(account, market, request.positionSide);
  const buying = request.side === "buy" ? units : 0;
  const after = marginOf(account, instrument.quote, { holding, buying, selling: units - buying });
  if (after.available.lt(0) && after.initial.gt(marginOf(account, instrument.quote).initial))
    return refuse("no-margin", "Insufficient margin");
  return undefined;
}
