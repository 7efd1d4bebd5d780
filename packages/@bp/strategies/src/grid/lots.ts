// A lot's own arithmetic: what it cost, what can be sold of it, where it is closed.
import { Big, divideRounded, gridsOf, type Instrument, type Lots, lots, sizeToBig, type Ticks, ticks } from "@bp/core";
import type { Cell, Lot, Way } from "./memory.ts";
import type { GridParams } from "./params.ts";

const zero = /* @__PURE__ */ new Big(0);

/** Where lots are closed. */
export type Exits = Pick<GridParams, "takeProfitPct" | "stopLossPct" | "infinite">;

/**
 * The lot with a trade more in it.
 *
 * @param price - quote per base
 * @param taken - base that the fee took: it is paid for as a fee and is no part of the lot
 */
export function opened(
  instrument: Instrument,
  lot: Lot | undefined,
  trade: { readonly way: Way; readonly size: Lots; readonly price: Big; readonly taken: Big },
  exits: Exits,
  cell: Pick<Cell, "floor" | "ceiling"> | undefined,
): Lot {
  const got = sizeToBig(instrument, trade.size).minus(trade.taken);
  const base = (lot?.base ?? zero).plus(got);
  const cost = (lot?.cost ?? zero).plus(got.times(trade.price));
  const size = lots((lot?.size ?? 0) + trade.size);
  return aimed(instrument, { way: trade.way, base, cost, size }, exits, cell);
}

/** The same inventory with the prices that its cost asks for: profit is rounded away from the cost, a stop towards it. */
export function aimed(
  instrument: Instrument,
  lot: Pick<Lot, "way" | "base" | "cost" | "size">,
  { takeProfitPct, stopLossPct, infinite }: Exits,
  cell: Pick<Cell, "floor" | "ceiling"> | undefined,
): Lot {
  const long = lot.way === "long";
  const { price } = gridsOf(instrument);
  if (!lot.base.gt(0)) return { ...lot, target: ticks(0), stop: undefined };
  const tickWorth = lot.base.times(price.text);
  const at = (factor: Big, rounding: "floor" | "ceil") =>
    ticks(divideRounded(lot.cost.times(factor), tickWorth, rounding).toNumber());
  const profit = takeProfitPct === "cell" ? zero : new Big(takeProfitPct).div(100);
  const own = long ? at(profit.plus(1), "ceil") : at(new Big(1).minus(profit), "floor");
  const edge = cell === undefined ? own : long ? cell.ceiling : cell.floor;
  const target = infinite ? edge : takeProfitPct === "cell" ? (long ? Math.max(own, edge) : Math.min(own, edge)) : own;
  if (stopLossPct === undefined) return { ...lot, target: ticks(target), stop: undefined };
  const loss = new Big(stopLossPct).div(100);
  const stop = long ? at(new Big(1).minus(loss), "floor") : at(loss.plus(1), "ceil");
  return { ...lot, target: ticks(target), stop };
}

/** How much of a lot can be closed: whole lots of the base that is there. */
export function closable(instrument: Instrument, lot: Lot | undefined): Lots {
  if (lot === undefined) return lots(0);
  return lots(divideRounded(lot.base, new Big(instrument.lotSize), "floor").toNumber());
}

/** A lot after a part of it was closed; `size` 0 when less than a whole lot is left. */
export function closed(
  instrument: Instrument,
  lot: Lot,
  size: Lots,
  price: Big,
): { readonly lot: Lot | undefined; readonly gross: Big } {
  const given = sizeToBig(instrument, size);
  const all = lot.base.eq(given);
  const cost = all ? lot.cost : lot.cost.times(given).div(lot.base);
  const worth = price.times(given);
  const gross = lot.way === "long" ? worth.minus(cost) : cost.minus(worth);
  if (all) return { lot: undefined, gross };
  const rest = { ...lot, base: lot.base.minus(given), cost: lot.cost.minus(cost) };
  const over = closable(instrument, rest) === 0;
  return { lot: { ...rest, size: over ? lots(0) : lots(Math.max(1, lot.size - size)) }, gross };
}

/** Two lots as one. */
export function joined(instrument: Instrument, a: Lot | undefined, b: Lot | undefined, exits: Exits): Lot | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const sum = { way: a.way, base: a.base.plus(b.base), cost: a.cost.plus(b.cost), size: lots(a.size + b.size) };
  return aimed(instrument, sum, exits, undefined);
}

/** What a lot would take if it were closed at a price, in quote, before fees. */
export function floatingOf(lot: Lot | undefined, price: Big): Big {
  if (lot === undefined) return zero;
  const worth = lot.base.times(price);
  return lot.way === "long" ? worth.minus(lot.cost) : lot.cost.minus(worth);
}

/** Average cost in quote per base; `undefined` for nothing. */
export function basisOf(lot: Lot | undefined): Big | undefined {
  return lot === undefined || !lot.base.gt(0) ? undefined : lot.cost.div(lot.base);
}

/** Whether the price has reached a lot's stop. */
export function isStopped({ way, stop }: Lot, price: Ticks): boolean {
  return stop !== undefined && (way === "long" ? price <= stop : price >= stop);
}
