// Size that a level shows and does not have: gone when somebody reaches for it, and not seen to be so before.
import type { Side } from "@bp/core";
import type { Matcher } from "../matching.ts";
import type { Market } from "../state.ts";

/** Lots at a price that belong to no account. */
export function othersAt(matcher: Matcher, price: number): number {
  let size = 0;
  for (let slot = matcher.first(price); slot !== 0; slot = matcher.next(slot))
    if (matcher.ownerOf(slot) < 0) size += matcher.sizeOf(slot);
  return size;
}

/**
 * Brings the level that an order is about to take from down to what is there, where the order asks for more than that.
 *
 * @param side - of the order
 * @param limit - its worst price, ticks
 * @param size - lots, `Infinity` for no bound
 * @param budget - tick-lots, `Infinity` for no bound
 */
export function reachFor(market: Market, side: Side, limit: number, size: number, budget: number): void {
  const resting = side === "buy" ? "sell" : "buy";
  const level = market.hollow[resting];
  if (level.size === 0 || (side === "buy" ? limit < level.price : limit > level.price)) return;
  const shown = othersAt(market.matcher, level.price);
  const there = Math.max(0, shown - level.size);
  if (Math.min(size, budget / level.price) <= there) return;
  level.size = 0;
  if (shown > there) market.recorded.level(resting, level.price, there);
}
