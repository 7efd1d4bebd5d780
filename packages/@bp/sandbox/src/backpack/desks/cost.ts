// What an order would ask for at most, as the book stands.
import { notionalOf, sizeToBig } from "@bp/core";
import type { OrderRequest } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../../house.ts";

/** The asset that an order spends and how much; perpetuals: quote, and its notional. `undefined` when the book is empty. */
export function costOf(
  house: House,
  request: OrderRequest,
): { readonly asset: string; readonly amount: Big } | undefined {
  const market = house.marketOf(request.instrument);
  const { size, price, quoteSize, side } = request;
  const spends = market.kind === "perp" || side === "buy";
  if (!spends && size !== undefined) return { asset: market.base, amount: sizeToBig(market, size) };
  if (spends && quoteSize !== undefined) return { asset: market.quote, amount: new Big(quoteSize) };
  if (spends && price !== undefined && size !== undefined)
    return { asset: market.quote, amount: notionalOf(market, price, size) };
  const book = house.exchange.book(request.instrument);
  let left = size ?? 0;
  let sum = 0;
  for (const [at, here] of side === "buy" ? book.asks : book.bids) {
    const taken = Math.min(left, here);
    sum += taken * at;
    left -= taken;
    if (left === 0) break;
  }
  if (size === undefined || sum === 0) return undefined;
  return { asset: market.quote, amount: new Big(sum).times(market.tickSize).times(market.lotSize) };
}
