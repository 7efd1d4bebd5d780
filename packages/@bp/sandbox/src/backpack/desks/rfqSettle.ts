// Base against quote between two sides of a quote, all of it or nothing.
import type { Instrument } from "@bp/core";
import type { Big } from "big.js";
import type { Till } from "./till.ts";

export interface Deal {
  readonly market: Instrument;
  /** `undefined`: the house. */
  readonly buyer: string | undefined;
  readonly seller: string | undefined;
  /** Base. */
  readonly quantity: Big;
  /** Quote; what lies between the two is the house's fee. */
  readonly buyerPays: Big;
  readonly sellerGets: Big;
}

/** False, and nothing moved, when one of them cannot. The house brings what it gives from outside. */
export function exchangeMoney(till: Till, deal: Deal): boolean {
  const { market, buyer, seller, quantity, buyerPays, sellerGets } = deal;
  if (!quantity.gt(0)) return false;
  if (seller === undefined) till.bring(market.base, quantity);
  else if (!till.take(seller, market.base, quantity)) return false;
  if (buyer === undefined) till.bring(market.quote, buyerPays);
  else if (!till.take(buyer, market.quote, buyerPays)) {
    if (seller !== undefined) till.give(seller, market.base, quantity);
    return false;
  }
  if (buyer !== undefined) till.give(buyer, market.base, quantity);
  if (seller !== undefined) till.give(seller, market.quote, sellerGets);
  return true;
}
