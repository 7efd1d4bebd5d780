// The arithmetic of safety orders as vendors describe it: a base order, and more of them, larger and further apart.
import { Big } from "@bp/core";

/** A base order and its safety orders. Decimal text; percents where it says so. */
export interface SafetyPlan {
  /** The base order, in quote. */
  readonly base: string;
  /** The first safety order, in quote. */
  readonly first: string;
  /** Each safety order is so many times the one before it; 1: all the same. */
  readonly volumeScale: string;
  /** Distance from the base order's price to the first safety order, in percent of it. */
  readonly deviationPct: string;
  /** Each distance is so many times the one before it; 1: all the same. */
  readonly stepScale: string;
  /** Safety orders. */
  readonly count: number;
  /** Price of the base order. */
  readonly start: string;
  readonly takeProfitPct: string;
}

/** What it comes to when every order has filled. */
export interface SafetyOrders {
  /** Highest first, without the base order. Deviation is cumulative, from the base order's price, in percent. */
  readonly orders: readonly { readonly deviationPct: Big; readonly price: Big; readonly amount: Big }[];
  /** Quote: base order and all safety orders. */
  readonly capital: Big;
  /** Quote spent by base bought. */
  readonly average: Big;
  readonly takeProfit: Big;
  /** How far the price has to rise from the last order to the take profit, in percent. */
  readonly reboundPct: Big;
}

/**
 * Deviation `D_i = d (g^i - 1) / (g - 1)`, size `s v^(i - 1)`, capital `b + s (v^n - 1) / (v - 1)`, all deviations from the base order.
 *
 * Not what `ladder` trades (its rungs are evenly apart); for comparison and for those who bring such a plan.
 */
export function safetyOrders(plan: SafetyPlan): SafetyOrders {
  const start = new Big(plan.start);
  let quote = new Big(plan.base);
  let bought = quote.div(start);
  let deviationPct = new Big(0);
  let gap = new Big(plan.deviationPct);
  let amount = new Big(plan.first);
  let price = start;
  const orders: SafetyOrders["orders"][number][] = [];
  for (let at = 0; at < plan.count; at++) {
    deviationPct = deviationPct.plus(gap);
    price = start.times(new Big(100).minus(deviationPct)).div(100);
    orders.push({ deviationPct, price, amount });
    quote = quote.plus(amount);
    bought = bought.plus(amount.div(price));
    gap = gap.times(plan.stepScale);
    amount = amount.times(plan.volumeScale);
  }
  const average = quote.div(bought);
  const takeProfit = average.times(new Big(plan.takeProfitPct).div(100).plus(1));
  return { orders, capital: quote, average, takeProfit, reboundPct: takeProfit.div(price).minus(1).times(100) };
}
