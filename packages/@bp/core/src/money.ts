// What prices and sizes are worth. Apart from the grids: who reads books and writes orders carries no Big.
import { Big } from "big.js";
import { divideRounded } from "./divide.ts";
import { type Grids, gridPairOf, type Instrument } from "./instrument.ts";
import type { Decimal, Lots, Ticks } from "./units.ts";

const valued = /* @__PURE__ */ new WeakMap<Instrument, Grids & { readonly unit: Big }>();

/** The instrument's two grids and the quote value of one tick times one lot; read once and kept. */
export function gridsOf(instrument: Instrument): Grids & { readonly unit: Big } {
  let found = valued.get(instrument);
  if (found === undefined) {
    const { price, size } = gridPairOf(instrument);
    found = { price, size, unit: new Big(price.text).times(size.text) };
    valued.set(instrument, found);
  }
  return found;
}

/** Ticks as money in quote per base. */
export function priceToBig(instrument: Instrument, price: Ticks): Big {
  return new Big(price).times(instrument.tickSize);
}

/** Lots as an amount of base. */
export function sizeToBig(instrument: Instrument, size: Lots): Big {
  return new Big(size).times(instrument.lotSize);
}

/** Price times size in quote, exact. Signed like the size. */
export function notionalOf(instrument: Instrument, price: Ticks, size: Lots): Big {
  return new Big(price).times(size).times(gridsOf(instrument).unit);
}

/**
 * An amount of quote as whole tick-lots, rounded down, so that `price * size` can be compared with it without money
 * arithmetic on the hot path. Never above 2^53 - 1.
 */
export function notionalUnits(instrument: Instrument, amount: Decimal | Big): number {
  const units = divideRounded(new Big(amount), gridsOf(instrument).unit, "floor");
  return units.gt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : units.toNumber();
}

const minimums = /* @__PURE__ */ new WeakMap<Instrument, number>();

/** The market's minimum notional as whole tick-lots, rounded up: what `price * size` must reach. 0 where there is none. */
export function leastUnits(instrument: Instrument): number {
  let found = minimums.get(instrument);
  if (found === undefined) {
    found = divideRounded(new Big(instrument.minNotional), gridsOf(instrument).unit, "ceil").toNumber();
    minimums.set(instrument, found);
  }
  return found;
}
