// Conditional orders: which way their trigger looks, and how much they are for.
import { type Instrument, isDecimal, type Lots, lots, type Side, type Ticks } from "@bp/core";
import type { ReferencePrice, Trigger } from "@bp/sim";
import { Big } from "big.js";
import type { Member } from "../accounts.ts";
import type { BackpackHouse } from "../house.ts";
import { markOf } from "../positions.ts";
import { refuse } from "../refuse.ts";
import { readSize } from "./grid.ts";

export const references = ["LastPrice", "MarkPrice", "IndexPrice"] as const;

const byWord = { LastPrice: "last", MarkPrice: "mark", IndexPrice: "index" } as const;

/**
 * The trigger of an order: above where the price lies above the reference of this moment, else below. Markets without a mark
 * look at the last trade, and so does who does not say what to look at.
 */
export function triggerOf(
  house: BackpackHouse,
  market: Instrument,
  side: Side,
  price: Ticks,
  by: (typeof references)[number] | undefined,
): Trigger {
  if (price === 0) return refuse("INVALID_PRICE", "Invalid price");
  const mark = house.exchange.mark(market.id);
  const wished: ReferencePrice = by === undefined ? "last" : byWord[by];
  const reference = wished !== "last" && mark === undefined ? "last" : wished;
  const last = house.exchange.trades(market.id)[0]?.price;
  const now = reference === "last" ? last : reference === "mark" ? mark?.mark : mark?.index;
  const at = now ?? markOf(house.exchange, market).div(market.tickSize).toNumber();
  const above = price === at ? side === "buy" : price > at;
  return { price, by: reference, when: above ? "above" : "below" };
}

/**
 * How much a conditional order is for. A percentage is of the position (spot: of what is free to be sold or spent) at the moment
 * when the order is sent; 100% of a market order against a position is the whole position at the moment when it fires.
 *
 * @param priceText - what a spot purchase would pay
 */
export function triggerSize(
  house: BackpackHouse,
  member: Member,
  market: Instrument,
  side: Side,
  text: string,
  priceText: string,
  type: "Limit" | "Market",
): { readonly size: Lots } | { readonly closePosition: true } {
  if (!text.endsWith("%")) {
    if (!isDecimal(text) || text.startsWith("-")) return refuse("INVALID_QUANTITY", "Invalid quantity");
    return { size: readSize(market, text) };
  }
  const share = text.slice(0, -1);
  if (!isDecimal(share) || !new Big(share).gt(0) || new Big(share).gt(100))
    return refuse("INVALID_QUANTITY", "Invalid quantity");
  const held = house.exchange.positions(member.name).find((each) => each.instrument === market.id)?.size ?? 0;
  const closing = side === "buy" ? held < 0 : held > 0;
  if (market.kind === "perp" && type === "Market" && closing && new Big(share).eq(100)) return { closePosition: true };
  const whole =
    market.kind === "perp"
      ? new Big(closing ? Math.abs(held) : 0)
      : side === "sell"
        ? house.till.free(member.name, market.base).div(market.lotSize)
        : house.till.free(member.name, market.quote).div(priceText).div(market.lotSize);
  const size = whole.times(share).div(100).round(0, 0).toNumber();
  return size > 0 ? { size: lots(size) } : refuse("INVALID_QUANTITY", "Invalid quantity");
}
