// Prices of an order that rests on one market and is hedged by taking on another.
import type { Level } from "@bp/core";

/** What a resting order must earn and what hedging it costs, both as parts of the price. */
export interface XemmTerms {
  /** What one taking of the clip costs: volume-weighted, quote per base or ticks. */
  readonly taking: number;
  /** Target margin: 0.003 is 0.3 %. */
  readonly margin: number;
  /** All fees and expected slippage: 0.0007 is 0.07 %. */
  readonly cost: number;
}

/**
 * The highest purchase that still earns the margin when it is hedged by a sale at `taking`.
 *
 * @see Hummingbot, cross-exchange market making executor: P / (1 + margin + cost)
 */
export function xemmBuy({ taking, margin, cost }: XemmTerms): number {
  return taking / (1 + margin + cost);
}

/**
 * The lowest sale that still earns the margin when it is hedged by a purchase at `taking`.
 *
 * @see Hummingbot, cross-exchange market making executor: P / (1 - margin - cost)
 */
export function xemmSell({ taking, margin, cost }: XemmTerms): number {
  return taking / (1 - margin - cost);
}

/** What an order at `price` would earn after costs if it were hedged now, as a part of the taking price's like. */
export function xemmMargin(side: "buy" | "sell", price: number, { taking, cost }: Omit<XemmTerms, "margin">): number {
  return side === "buy" ? taking / price - 1 - cost : 1 - taking / price - cost;
}

/**
 * The volume-weighted price of taking `size` from levels.
 *
 * @param levels - best first
 * @param size - lots
 * @returns ticks, with a fraction; `undefined` if there is not so much, or for a size of 0 or below: nothing has no price
 */
export function takingPrice(levels: readonly Level[], size: number): number | undefined {
  if (size <= 0) return undefined;
  let open = size;
  let value = 0;
  for (const [price, there] of levels) {
    const part = Math.min(open, there);
    value += part * price;
    open -= part;
    if (open <= 0) return value / size;
  }
  return undefined;
}
