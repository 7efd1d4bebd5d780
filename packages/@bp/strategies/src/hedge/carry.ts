// What holding a long and a short of the same coin through funding settlements earns.
import { Big, type Decimal } from "@bp/core";

/** One settlement of one venue. */
export interface Settlement {
  /** Ms. */
  readonly at: number;
  /** Fraction of the notional; positive: longs pay shorts. */
  readonly rate: number | string;
  /** Mark notional at that moment, in quote, above 0. */
  readonly notional: Big | string;
}

/**
 * What a position receives at one settlement; below 0 it pays. Positive rates are paid by longs to shorts, on both venues.
 *
 * @param size - base, signed
 * @param mark - quote per base
 * @param rate - fraction of the notional
 */
export function fundingOf(size: Big | string, mark: Big | string, rate: number | string): Big {
  return new Big(size).times(mark).times(rate).times(-1);
}

/**
 * Carry of a long on A and a short on B over `[from, to]`: `-Σ F_A·V_A + Σ F_B·V_B` over exactly the settlements inside.
 *
 * @returns quote; below 0 is paid
 */
export function carryOf(
  long: readonly Settlement[],
  short: readonly Settlement[],
  { from, to }: { readonly from: number; readonly to: number },
): Big {
  const sum = (side: readonly Settlement[]) =>
    side
      .filter(({ at }) => at >= from && at <= to)
      .reduce((total, { rate, notional }) => total.plus(new Big(notional).times(rate)), new Big(0));
  return sum(short).minus(sum(long));
}

/**
 * Whether a carry is worth entering: what it earns less what it costs (fees both ways, slippage, borrow) is above the margin.
 * All in quote.
 */
export function carryPays(carry: Big, costs: Big | string, margin: Big | string): boolean {
  return carry.minus(costs).gt(margin);
}

/**
 * After how many hours a carry has earned its costs.
 *
 * @param costs - quote
 * @param hourly - net carry of an hour, quote
 * @returns `undefined` if it never does
 */
export function breakEvenHours(costs: Big | string, hourly: Big | string): Big | undefined {
  const each = new Big(hourly);
  return each.gt(0) ? new Big(costs).div(each) : undefined;
}

/** Aster's interest for eight hours (0 for BNB), and how far it may pull the premium. */
const interest = new Big("0.0001");
const damper = new Big("0.0005");

/**
 * Aster's rate of one interval: `(P + clamp(I - P, ±0.05 %)) / (8 / N)`.
 *
 * @param premium - fraction: 0.0002 is 0.02 %
 * @param hours - N, hours between two stamps
 * @see https://docs.asterdex.com, funding rate
 */
export function asterRate(premium: Decimal | string, hours: number): Big {
  const p = new Big(premium);
  const gap = interest.minus(p);
  const pull = gap.gt(damper) ? damper : gap.lt(damper.times(-1)) ? damper.times(-1) : gap;
  return p.plus(pull).times(hours).div(8);
}

/**
 * Backpack's rate of one of its hourly settlements: a 24th of the daily rate.
 *
 * @see https://learn.backpack.exchange, hourly funding (from 2025-08-20)
 */
export function backpackRate(daily: Decimal | string): Big {
  return new Big(daily).div(24);
}
