// What a ladder holds and what it cost; and the prices that follow from that.
import { Big, divideRounded, type Instrument, type OwnFill, priceToBig, sizeToBig, type Ticks, ticks } from "@bp/core";
import { feeIn } from "../grid/lots.ts";
import type { LadderParams } from "./params.ts";

/** Inventory with its cost. What is sold takes its share of everything with it, so that the average stays. */
export interface Lot {
  /** Base bought. */
  readonly size: Big;
  /** Base of that which went in fees: it is not there to sell. */
  readonly taken: Big;
  /** Quote paid, without fees. */
  readonly cost: Big;
  /** Fees of the buys in quote; one paid in base at the price of its trade. */
  readonly fees: Big;
}

/** Prices that a lot asks for. */
export interface Targets {
  /** Where the profit is. */
  readonly takeProfit: Ticks;
  /** No sale for profit trades below it: break-even, less what `tpSlippagePct` allows. */
  readonly floor: Ticks;
  /** At this price or below everything is sold; `undefined`: never. */
  readonly stop: Ticks | undefined;
}

const zero = /* @__PURE__ */ new Big(0);
const one = /* @__PURE__ */ new Big(1);

/** The lot with a buy more in it. */
export function boughtMore(lot: Lot | undefined, instrument: Instrument, fill: OwnFill): Lot {
  const fee = feeIn(instrument, fill);
  const size = sizeToBig(instrument, fill.size);
  const before = lot ?? { size: zero, taken: zero, cost: zero, fees: zero };
  return {
    size: before.size.plus(size),
    taken: before.taken.plus(fee.base),
    cost: before.cost.plus(size.times(priceToBig(instrument, fill.price))),
    fees: before.fees.plus(fee.quote),
  };
}

/** A lot after a part of it was sold, and what that part had cost, with its fees and the base that went in them. */
export function soldOff(
  lot: Lot | undefined,
  base: Big,
): { readonly rest: Lot | undefined; readonly cost: Big; readonly fees: Big; readonly taken: Big } {
  if (lot === undefined) return { rest: undefined, cost: zero, fees: zero, taken: zero };
  const there = lot.size.minus(lot.taken);
  if (base.gte(there)) return { rest: undefined, cost: lot.cost, fees: lot.fees, taken: lot.taken };
  const share = (value: Big) => value.times(base).div(there);
  const gone = { size: share(lot.size), taken: share(lot.taken), cost: share(lot.cost), fees: share(lot.fees) };
  const rest = {
    size: lot.size.minus(gone.size),
    taken: lot.taken.minus(gone.taken),
    cost: lot.cost.minus(gone.cost),
    fees: lot.fees.minus(gone.fees),
  };
  return { rest, cost: gone.cost, fees: gone.fees, taken: gone.taken };
}

/** Average cost of a lot in quote per base, without fees. */
export function averageCostOf({ cost, size }: Pick<Lot, "cost" | "size">): Big {
  return cost.div(size);
}

/**
 * The price at which a sale brings back what was paid and the fees of both sides: `average · (1 + f_buy) / (1 - f_sell)`.
 *
 * @param sellFee - fraction: the taker fee, so that it holds however it is sold
 */
export function breakEvenOf({ cost, fees, size }: Pick<Lot, "cost" | "fees" | "size">, sellFee: string): Big {
  return cost.plus(fees).div(size.times(one.minus(sellFee)));
}

/** The prices of a lot, whole ticks: profit and break-even are rounded up, a stop down. */
export function targetsOf(
  lot: Lot,
  instrument: Instrument,
  { takeProfitPct, tpMode, tpSlippagePct, stopLossPct }: LadderParams,
): Targets {
  const keeps = one.minus(instrument.fees.taker);
  const perTick = lot.size.times(instrument.tickSize);
  const profit = new Big(takeProfitPct).div(100).plus(1);
  const even = { top: lot.cost.plus(lot.fees), bottom: perTick.times(keeps) };
  const goal =
    tpMode === "net"
      ? { top: even.top.times(profit), bottom: even.bottom }
      : { top: lot.cost.times(profit), bottom: perTick };
  // A gross profit that the fees are larger than is what a person asked for: then its own price is the lowest.
  const low = even.top.times(goal.bottom).gt(goal.top.times(even.bottom)) ? goal : even;
  const less = one.minus(new Big(tpSlippagePct).div(100));
  return {
    takeProfit: ticks(divideRounded(goal.top, goal.bottom, "ceil").toNumber()),
    floor: ticks(divideRounded(low.top.times(less), low.bottom, "ceil").toNumber()),
    stop:
      stopLossPct === undefined
        ? undefined
        : ticks(divideRounded(lot.cost.times(one.minus(new Big(stopLossPct).div(100))), perTick, "floor").toNumber()),
  };
}

/** What a lot would bring at a price, in quote: before any fee, and after the fees of both sides. */
export function resultOf(lot: Lot, price: Big, sellFee: string): { readonly gross: Big; readonly net: Big } {
  const worth = lot.size.times(price);
  const gross = worth.minus(lot.cost);
  return { gross, net: gross.minus(lot.fees).minus(worth.times(sellFee)) };
}
