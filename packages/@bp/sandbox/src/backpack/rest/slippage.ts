// Market orders with a tolerance: how far they may reach from the best offer.
import { type Instrument, lots, ticks } from "@bp/core";
import type { OrderRequest } from "@bp/sim";
import { Big } from "big.js";
import type { BackpackHouse } from "../house.ts";
import type { OrderNote, Wished } from "../notes.ts";
import { refuse } from "../refuse.ts";

/** `TickSize`: in ticks; `Percent` and where nothing is said: 0.5 is half a percent. */
export interface Tolerance {
  readonly tolerance: string;
  readonly type: "TickSize" | "Percent" | undefined;
}

/** The market order as a limit order that takes what lies within the tolerance, and does not rest. */
export function bounded(
  house: BackpackHouse,
  market: Instrument,
  request: OrderRequest,
  note: OrderNote,
  { tolerance, type }: Tolerance,
): Wished {
  const book = house.exchange.book(market.id);
  const buying = request.side === "buy";
  const offers = buying ? book.asks : book.bids;
  const best = offers[0]?.[0];
  if (best === undefined) return { request, note }; // it ends for want of an offer
  const reach = type === "TickSize" ? new Big(tolerance) : new Big(best).times(tolerance).div(100);
  const most = market.maxPrice ?? Number.MAX_SAFE_INTEGER;
  const bound = buying
    ? Math.min(reach.plus(best).round(0, 0).toNumber(), most)
    : Math.max(new Big(best).minus(reach).round(0, 3).toNumber(), market.minPrice);
  const { quoteSize, ...rest } = request;
  let { size } = request;
  if (quoteSize !== undefined) {
    let left = new Big(quoteSize).div(market.tickSize).div(market.lotSize);
    let found = 0;
    for (const [price, here] of offers) {
      if (buying ? price > bound : price < bound) break;
      const taken = Math.min(here, left.div(price).round(0, 0).toNumber());
      found += taken;
      left = left.minus(new Big(price).times(taken));
      if (taken < here) break;
    }
    if (found === 0) return refuse("INVALID_QUANTITY", "Invalid quantity");
    size = lots(found);
  }
  return {
    request: {
      ...rest,
      type: "limit",
      tif: request.tif === "fok" ? "fok" : "ioc",
      price: ticks(bound),
      ...(size === undefined ? {} : { size }),
    },
    note: { ...note, asMarket: true, ...(quoteSize === undefined ? {} : { quoteQuantity: quoteSize }) },
  };
}
