// What a leg rests at, and what it must not rest below.
import { type Decimal, type Side, type Ticks, ticks } from "@bp/core";
import { ceil, type Fraction, floor, fraction, minus, plus, times } from "../fraction.ts";

/** Which tick a price between two becomes: the nearest (half up), the one away from the market, or the one below. */
export type LegRounding = "nearest" | "passive" | "floor";

const one: Fraction = { top: 1n, bottom: 1n };
const half: Fraction = { top: 1n, bottom: 2n };

/**
 * The price of a leg: the last price and the offset above it for a sale, below it for a purchase.
 *
 * @param last - ticks, above 0; may lie between two of them by half a tick (a mid)
 * @param offset - a part of the price: 0.2 % is 2 / 1000
 */
export function legPrice(last: number, side: Side, offset: Fraction, rounding: LegRounding): Ticks {
  const price: Fraction = { top: BigInt(Math.round(last * 2)), bottom: 2n };
  const at = times(price, side === "sell" ? plus(one, offset) : minus(one, offset));
  if (rounding === "nearest") return ticks(floor(plus(at, half)));
  return ticks(rounding === "passive" && side === "sell" ? ceil(at) : floor(at));
}

/** What the edge of a first leg is made of: fees as fractions of the notional, the edge as a part of the price. */
export interface EdgeTerms {
  readonly maker: Decimal;
  readonly taker: Decimal;
  readonly edge: Fraction;
  /** Ticks of the lead per tick of the hedge. */
  readonly tickRatio: Fraction;
}

/**
 * The lowest price at which the lead may be sold when the hedge has to be bought at its ask: `ask · (1 + taker) /
 * (1 - maker) · (1 + edge)`, rounded up. Quote currencies of both are taken as equal.
 *
 * @param ask - the hedge's, in its own ticks
 * @returns ticks of the lead
 */
export function lowestLead(ask: number, { maker, taker, edge, tickRatio }: EdgeTerms): Ticks {
  const cost = times(times({ top: BigInt(ask), bottom: 1n }, tickRatio), plus(one, fraction(taker)));
  return ticks(ceil(times(divided(cost, minus(one, fraction(maker))), plus(one, edge))));
}

/**
 * The highest price at which the lead may be bought when the hedge has to be sold at its bid: `bid · (1 - taker) /
 * (1 + maker) / (1 + edge)`, rounded down.
 *
 * @param bid - the hedge's, in its own ticks
 * @returns ticks of the lead
 */
export function highestLead(bid: number, { maker, taker, edge, tickRatio }: EdgeTerms): Ticks {
  const worth = times(times({ top: BigInt(bid), bottom: 1n }, tickRatio), minus(one, fraction(taker)));
  return ticks(floor(divided(divided(worth, plus(one, fraction(maker))), plus(one, edge))));
}

/** The quotient. */
function divided(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.bottom, bottom: a.bottom * b.top };
}
