// Looks ahead: what an order would find in the book before anything trades.
import type { Side } from "@bp/core";
import type { SelfTradePrevention } from "./contract.ts";
import type { Matcher } from "./matching.ts";

/** What taking would come to. */
export interface Swept {
  /** Lots. */
  readonly size: number;
  /** Tick-lots. */
  readonly cost: number;
  /** Whether the budget ended it, not the book. */
  readonly spent: boolean;
}

/**
 * Walks the other side up to a limit, a size and a budget.
 *
 * @param limit - ticks
 * @param size - lots, `Infinity` for no bound
 * @param budget - tick-lots, `Infinity` for no bound
 */
export function sweep(matcher: Matcher, side: Side, limit: number, size: number, budget: number): Swept {
  const buying = side === "buy";
  let price = buying ? matcher.ask : matcher.bid;
  let found = 0;
  let cost = 0;
  while (price > 0 && found < size && (buying ? price <= limit : price >= limit)) {
    const here = Math.min(matcher.sizeAt(price), size - found);
    const affordable = budget === Infinity ? here : Math.floor((budget - cost) / price);
    const taken = Math.min(here, affordable);
    found += taken;
    cost += taken * price;
    if (taken < here) return { size: found, cost, spent: true };
    price = buying ? matcher.above(price + 1) : matcher.below(price - 1);
  }
  return { size: found, cost, spent: false };
}

/** Whether `size` lots could be taken at once up to `limit`, with self-trade prevention in mind. */
export function fillable(
  matcher: Matcher,
  side: Side,
  limit: number,
  size: number,
  owner: number,
  prevention: SelfTradePrevention,
): boolean {
  const buying = side === "buy";
  let price = buying ? matcher.ask : matcher.bid;
  let found = 0;
  while (price > 0 && (buying ? price <= limit : price >= limit)) {
    for (let slot = matcher.first(price); slot !== 0; slot = matcher.next(slot)) {
      if (owner >= 0 && matcher.ownerOf(slot) === owner) {
        if (prevention !== "reject-maker") return false;
      } else {
        found += matcher.sizeOf(slot);
        if (found >= size) return true;
      }
    }
    price = buying ? matcher.above(price + 1) : matcher.below(price - 1);
  }
  return false;
}
