// The rungs of a ladder: where they lie and how much each buys, exact down to the last tick and lot.
import { Big, divideRounded, type Instrument, type Lots, lots, type Ticks, ticks } from "@bp/core";
import { minimumSize } from "../minimum.ts";
import type { LadderParams } from "./params.ts";

/** One planned buy. */
export interface Rung {
  /** From 0, the highest first: the number in its slot `rung.0`. */
  readonly index: number;
  readonly price: Ticks;
  readonly size: Lots;
}

/** What shapes a ladder. */
export type Shape = Pick<
  LadderParams,
  | "totalAmount"
  | "orderCount"
  | "maxDropPct"
  | "incrementPct"
  | "minOrderAmount"
  | "priceStep"
  | "quantityStep"
  | "minQuantity"
>;

const one = /* @__PURE__ */ new Big(1);
const hundred = /* @__PURE__ */ new Big(100);

/**
 * The planned rungs, highest first: prices evenly down to `maxDropPct` below the price, amounts growing by `incrementPct`.
 *
 * Prices and sizes are rounded down, so the sum is never above `totalAmount`. A rung that the market would not take at its
 * size is left out; `infeasible` says when the whole budget is too small.
 *
 * @param price - the ladder hangs from it, in ticks (a mid may have a fraction)
 * @param touch - no rung is above the tick below its ask, so that none takes
 */
export function rungsOf(
  shape: Shape,
  instrument: Instrument,
  price: number,
  touch?: { readonly ask: readonly [price: number, size: number] },
): readonly Rung[] {
  const { totalAmount, orderCount: count, maxDropPct } = shape;
  const factors = growthOf(shape);
  const sum = factors.reduce((total, each) => total.plus(each), new Big(0));
  const gaps = hundred.times(Math.max(1, count - 1));
  const top = touch === undefined ? Number.MAX_SAFE_INTEGER : passiveBelow(touch.ask[0], shape, instrument);
  return factors.flatMap((factor, index): readonly Rung[] => {
    const value = new Big(price).times(gaps.minus(new Big(maxDropPct).times(index)));
    const at = Math.min(top, downToStep(value.times(instrument.tickSize), gaps, shape, instrument));
    if (at < instrument.minPrice || at < 1) return [];
    // amount / price = totalAmount · factor / (sum · price), in one division without a rounding before it
    const cost = sum.times(at).times(instrument.tickSize);
    const size = sizeDown(new Big(totalAmount).times(factor), cost, shape, instrument);
    const least = Math.max(minimumSize(instrument, at), quantityLots(shape, instrument));
    return size < least ? [] : [{ index, price: ticks(at), size: lots(size) }];
  });
}

/**
 * Why the budget is too small for the ladder, or `undefined`: every rung must be worth `minOrderAmount` and the smallest
 * quantity, and those above the first grow.
 *
 * @param price - in ticks
 */
export function infeasible(shape: Shape, instrument: Instrument, price: number): string | undefined {
  const { totalAmount, orderCount, incrementPct } = shape;
  const { quote } = instrument;
  const least = leastAmount(shape, instrument, price);
  const needed = growthOf(shape).reduce((total, each) => total.plus(each.times(least)), new Big(0));
  if (needed.lte(totalAmount)) return undefined;
  const flat = least.times(orderCount);
  const grown = needed.eq(flat) ? "" : `, ${up(needed)} with ${incrementPct} % more for each`;
  return `${totalAmount} ${quote} are too little for ${orderCount} orders of at least ${up(least)} ${quote}: it needs at least ${up(flat)} ${quote} before growth${grown}`;
}

/** Money rounded up to cents, without zeros at the end. */
const up = (value: Big): string => new Big(value.toFixed(2, 3)).toFixed(); // 3: away from zero

/** The least that a rung may cost, in quote. */
function leastAmount({ minOrderAmount, minQuantity }: Shape, instrument: Instrument, price: number): Big {
  const quantity = larger(new Big(minQuantity ?? "0"), new Big(instrument.minSize).times(instrument.lotSize));
  const worth = quantity.times(price).times(instrument.tickSize);
  return larger(larger(worth, new Big(minOrderAmount)), new Big(instrument.minNotional));
}

/** The highest price on the ladder's step at which a buy rests, in ticks. */
export function passiveBelow(ask: number, shape: Pick<Shape, "priceStep">, instrument: Instrument): number {
  return downToStep(new Big(ask - 1).times(instrument.tickSize), one, shape, instrument);
}

/**
 * The distance between two rungs in ticks, rounded up; with one rung alone, its `maxDropPct`.
 *
 * @param price - in ticks
 */
export function stepOf({ maxDropPct, orderCount }: Shape, price: number): number {
  const gaps = hundred.times(Math.max(1, orderCount - 1));
  return divideRounded(new Big(price).times(maxDropPct), gaps, "ceil").toNumber();
}

/** The lowest price that is not below `maxDropPct` under the price, in ticks. */
export function lowestOf({ maxDropPct }: Pick<Shape, "maxDropPct">, price: number): Ticks {
  return ticks(divideRounded(new Big(price).times(hundred.minus(maxDropPct)), hundred, "ceil").toNumber());
}

/** 1, r, r² … with r = 1 + incrementPct / 100. */
function growthOf({ incrementPct, orderCount }: Shape): readonly Big[] {
  const ratio = new Big(incrementPct).div(hundred).plus(1);
  const factors: Big[] = [];
  let factor = one;
  for (let at = 0; at < orderCount; at++) {
    factors.push(factor);
    factor = factor.times(ratio);
  }
  return factors;
}

/** `top / bottom` in quote, down to the price step and the tick. */
function downToStep(top: Big, bottom: Big, { priceStep }: Pick<Shape, "priceStep">, instrument: Instrument): number {
  const tick = new Big(instrument.tickSize);
  if (priceStep === undefined || tick.gte(priceStep)) return divideRounded(top, bottom.times(tick), "floor").toNumber();
  const steps = divideRounded(top, bottom.times(priceStep), "floor");
  return divideRounded(steps.times(priceStep), tick, "floor").toNumber();
}

/** `amount / cost` in base, down to the quantity step and the lot, in lots. */
function sizeDown(amount: Big, cost: Big, { quantityStep }: Shape, instrument: Instrument): number {
  const lot = new Big(instrument.lotSize);
  const size =
    quantityStep === undefined || lot.gte(quantityStep)
      ? divideRounded(amount, cost.times(lot), "floor")
      : divideRounded(divideRounded(amount, cost.times(quantityStep), "floor").times(quantityStep), lot, "floor");
  return Math.min(size.toNumber(), instrument.maxSize ?? Number.MAX_SAFE_INTEGER);
}

function quantityLots({ minQuantity }: Shape, instrument: Instrument): number {
  if (minQuantity === undefined) return 0;
  return divideRounded(new Big(minQuantity), new Big(instrument.lotSize), "ceil").toNumber();
}

const larger = (a: Big, b: Big): Big => (a.gt(b) ? a : b);
