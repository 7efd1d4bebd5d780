// Closing orders: how far beyond the touch they may go, and when inventory has to shrink.
import { type Hold, type Instrument, type InstrumentId, type Lots, lots, type Side, sizeText, ticks } from "@bp/core";
import { ceil, type Fraction, floor, minus, plus, times } from "./fraction.ts";
import type { Scale } from "./scale.ts";
import type { Touch } from "./touch.ts";

/**
 * A wish to hold another position, at no worse than a step beyond the touch, rounded towards the market: a sale up from
 * `bid · (1 - slippage)`, a purchase down from `ask · (1 + slippage)`.
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
  return { kind: "hold", instrument: id, position: lots(position), worst: ticks(worst), why };
}

function lowestSale(bid: number, slippage: Fraction): number {
  const price = { top: BigInt(bid), bottom: 1n };
  return ceil(minus(price, times(price, slippage)));
}

function highestPurchase(ask: number, slippage: Fraction): number {
  const price = { top: BigInt(ask), bottom: 1n };
  return floor(plus(price, times(price, slippage)));
}

/** What a perpetual should be reduced to. */
export interface Reduction {
  readonly position: Lots;
  /** The side that the reduction trades on. */
  readonly side: Side;
  /** Over the cap: nothing else is wished meanwhile. Otherwise quotes of the same side may stay. */
  readonly urgent: boolean;
  readonly why: string;
}

/**
 * Whether a perpetual's inventory has to shrink: above the cap to the cap, else above the line to the line. Never beyond,
 * never towards a target; an excess below the venue's minimum size waits until it is larger.
 */
export function reductionOf(held: number, scale: Scale, instrument: Instrument): Reduction | undefined {
  const size = Math.abs(held);
  const limit = size > scale.cap ? scale.cap : scale.line;
  if (size - limit < instrument.minSize) return undefined;
  const text = (count: number) => sizeText(instrument, lots(count));
  const over = size > scale.cap;
  return {
    position: lots(held > 0 ? limit : -limit),
    side: held > 0 ? "sell" : "buy",
    urgent: over,
    why: over
      ? `over cap: ${text(held)} ${instrument.base} held, ${text(limit)} allowed`
      : `above target and threshold: ${text(held)} ${instrument.base} held, ${text(limit)} tolerated`,
  };
}
