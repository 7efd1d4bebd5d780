// What lending costs and brings, as a function of how much of what is lent is borrowed.
import { Big } from "big.js";

/** Rules of every lending market here. Fractions. */
export const lendingRules = {
  /** Of the interest, kept by the venue. */
  fee: "0.15",
  optimal: "0.8",
  most: "0.95",
  /** Rates a year: with nothing borrowed, at the optimum, and with everything borrowed. */
  base: "0.02",
  knee: "0.08",
  top: "0.6",
  stepSize: "0.000001",
} as const;

/** Figures of a lending market at one moment. Rates are fractions a year. */
export interface Rates {
  readonly utilization: Big;
  readonly borrow: Big;
  readonly lend: Big;
}

/** Two straight lines that meet at the optimum. */
export function ratesAt(lent: Big, borrowed: Big): Rates {
  const { fee, optimal, base, knee, top } = lendingRules;
  const utilization = lent.gt(0) ? borrowed.div(lent).round(6) : new Big(0);
  const line = (from: string, to: string, share: Big) => new Big(from).plus(new Big(to).minus(from).times(share));
  const borrow = utilization.lte(optimal)
    ? line(base, knee, utilization.div(optimal))
    : line(knee, top, utilization.minus(optimal).div(new Big(1).minus(optimal)));
  return {
    utilization,
    borrow: borrow.round(6),
    lend: borrow.times(utilization).times(new Big(1).minus(fee)).round(6, 0),
  };
}
