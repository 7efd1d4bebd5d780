// The limits of a run as risk rules, in the order in which they are asked.
import type { AnyRule, Instrument, InstrumentId } from "@bp/core";
import {
  dailyLoss,
  drawdown,
  funds,
  maxOpenOrders,
  maxPosition,
  orderRate,
  ownCross,
  priceBand,
  staleMarket,
  whenHalted,
} from "@bp/risk";

/** The limits of a run, in the units of a person. JSON: they are part of the recipe. */
export interface Limits {
  /** Base, of each market or by market; the worst case of position and working orders on each side. Left out: none. */
  readonly maxPosition?: string | Readonly<Record<InstrumentId, string>> | undefined;
  readonly maxOpenOrders: number;
  /** Fraction around the mid (or mark) within which prices may lie. */
  readonly priceBand: number;
  readonly staleMs: number;
  readonly rate: { readonly orders: number; readonly windowMs: number };
  /** Quote. Left out: none. */
  readonly dailyLoss?: string | undefined;
  /** Quote below the best profit so far. Left out: none. */
  readonly maxDrawdown?: string | undefined;
}

/** The rules: what stops everything first, what costs a look at the funds last. */
export function rulesOf(limits: Limits, instruments: readonly Instrument[]): readonly AnyRule[] {
  const { maxPosition: most, maxOpenOrders: open, rate } = limits;
  const caps = typeof most === "string" ? Object.fromEntries(instruments.map((each) => [each.id, most])) : most;
  return [
    whenHalted(),
    ...(limits.dailyLoss === undefined ? [] : [dailyLoss(limits.dailyLoss)]),
    ...(limits.maxDrawdown === undefined ? [] : [drawdown(limits.maxDrawdown)]),
    staleMarket(limits.staleMs),
    priceBand(limits.priceBand, limits.staleMs),
    ...(caps === undefined || Object.keys(caps).length === 0 ? [] : [maxPosition(caps)]),
    ownCross(),
    funds(),
    maxOpenOrders({ total: open }),
    orderRate(rate.orders, rate.windowMs),
  ];
}
