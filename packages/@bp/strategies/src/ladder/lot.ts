// What a ladder holds and what it cost; and the prices that follow from that.
import { Big, divideRounded, type Instrument, type OwnFill, priceToBig, sizeToBig, type Ticks, ticks } from "@bp/core";
import { feeIn } from "../fees.ts";
import type { LadderParams } from "./params.ts";

/** Inventory with its cost. What is sold takes its share of everything with it, so that the average stays. */
export interface Lot {
  /** Base bought. */
  readonly size: Big;
  /** Base of that which went in fees: it is not there to sell. */
  readonly taken: Big;
  /** Quote paid, without fees. */
  readonly cost: Big;
  /** Fees of the buys that were paid in quote, on top of the cost; those in base are `taken`. */
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
  const { base: taken, quote } = feeIn(instrument, fill);
  const size = sizeToBig(instrument, fill.size);
  const before = lot ?? { size: zero, taken: zero, cost: zero, fees: zero };
  return {
    size: before.size.plus(size),
    taken: before.taken.plus(taken),
    cost: before.cost.plus(size.times(priceToBig(instrument, fill.price))),
    fees: taken.eq(0) ? before.fees.plus(quote) : before.fees,
  };
}

/** A lot after a part of it was sold, and what that part had cost (with its share of what fees took of the base) and its fees. */
export function soldOff(
  lot: Lot | undefined,
  base: Big,
): { readonly rest: Lot | undefined; readonly cost: Big; readonly fees: Big } {
  if (lot === undefined) return { rest: undefined, cost: zero, fees: zero };
  const there = lot.size.minus(lot.taken);
  if (base.gte(there)) return { rest: undefined, cost: lot.cost, fees: lot.fees };
  const share = (value: Big) => value.times(base).div(there);
  const gone = { size: share(lot.size), taken: share(lot.taken), cost: share(lot.cost), fees: share(lot.fees) };
  const rest = {
    size: lot.size.minus(gone.size),
    taken: lot.taken.minus(gone.taken),
    cost: lot.cost.minus(gone.cost),
    fees: lot.fees.minus(gone.fees),
  };
  return { rest, cost: gone.cost, fees: gone.fees };
}

/**
 * Average cost of a lot in quote per base, without fees.
 *
 * @param lot - with something in it: Big throws "Division by zero" for a size of 0
 */
export function averageCostOf({ cost, size }: Pick<Lot, "cost" | "size">): Big {
  return cost.div(size);
}

/**
 * The price at which a sale of what is there brings back all that was paid: `(size - taken) · p · (1 - f_sell) = cost + fees`.
 * With fees in quote that is `average · (1 + f_buy) / (1 - f_sell)`, with fees in base `average / ((1 - f_buy) (1 - f_sell))`.
 *
 * @param lot - with something left to sell: Big throws "Division by zero" when fees have taken all of it
 * @param sellFee - fraction: the taker fee, so that it holds however it is sold
 */
export function breakEvenOf({ cost, fees, size, taken }: Lot, sellFee: string): Big {
  return cost.plus(fees).div(size.minus(taken).times(one.minus(sellFee)));
}

/** The prices of a lot, whole ticks: profit and break-even are rounded up, a stop down. */
export function targetsOf(
  lot: Lot,
  instrument: Instrument,
  { takeProfitPct, tpMode, tpSlippagePct, stopLossPct }: LadderParams,
): Targets {
  const keeps = one.minus(instrument.fees.taker);
  const perTick = lot.size.times(instrument.tickSize);
  const there = lot.size.minus(lot.taken).times(instrument.tickSize);
  const profit = new Big(takeProfitPct).div(100).plus(1);
  const even = { top: lot.cost.plus(lot.fees), bottom: there.times(keeps) };
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

/**
 * What a lot would bring at a price, in quote: before any fee, and after the fees of both sides, as money comes in and goes out.
 *
 * @param price - quote per base
 * @param sellFee - fraction
 */
export function resultOf(lot: Lot, price: Big, sellFee: string): { readonly gross: Big; readonly net: Big } {
  const gross = lot.size.times(price).minus(lot.cost);
  const received = lot.size.minus(lot.taken).times(price).times(one.minus(sellFee));
  return { gross, net: received.minus(lot.cost).minus(lot.fees) };
}
