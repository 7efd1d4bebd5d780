// How far beyond the touch an order may trade that has to trade.
import { type Hold, type InstrumentId, lots, type Ticks, ticks } from "@bp/core";
import { ceil, type Fraction, floor, minus, plus, times } from "./fraction.ts";
import type { Touch } from "./touch.ts";

/**
 * A wish to hold another position, at no worse than a step beyond the touch.
 *
 * @param position - what should be held, in lots, signed; other than `held`
 */
export function holdAt(
  id: InstrumentId,
  touch: Touch,
  held: number,
  position: number,
  slippage: Fraction,
  why: string,
): Hold {
  const worst = position < held ? lowestSale(touch.bid[0], slippage) : highestPurchase(touch.ask[0], slippage);
  return { kind: "hold", instrument: id, position: lots(position), worst, why };
}

/**
 * The lowest price that a sale may trade at: `bid · (1 - slippage)`, rounded up, towards the market.
 *
 * @param bid - ticks
 * @param slippage - a part of the price, below 1: 0.5 % is 5 / 1000
 */
export function lowestSale(bid: number, slippage: Fraction): Ticks {
  const price = { top: BigInt(bid), bottom: 1n };
  return ticks(ceil(minus(price, times(price, slippage))));
}

/**
 * The highest price that a purchase may trade at: `ask · (1 + slippage)`, rounded down, towards the market.
 *
 * @param ask - ticks
 * @param slippage - a part of the price: 0.5 % is 5 / 1000
 */
export function highestPurchase(ask: number, slippage: Fraction): Ticks {
  const price = { top: BigInt(ask), bottom: 1n };
  return ticks(floor(plus(price, times(price, slippage))));
}
