// Of the figures of a run what a face shows again and again, and what costs little: all of one moment.
import { Big, type InstrumentId } from "@bp/core";
import { type Profit, profitOf, type Ratios, ratiosOf } from "./figures.ts";
import type { OrderCounts } from "./orders.ts";
import { inQuote, noSums, plusSums, type Sums } from "./sums.ts";

/** One market at a glance. Money in its own quote. */
export interface MarketGlance {
  /** Of this run. */
  readonly sums: Sums;
  readonly unrealized: Big;
  /** As `Causes` has them. */
  readonly spread: Big;
  readonly feeDrift: Big;
  /** Signed base that is there: the position less the fees charged in base. */
  readonly held: Big;
}

/** This run at a glance: every number is that of the figures. Money in `quote`. */
export interface Glance {
  readonly quote: string;
  readonly sums: Sums;
  readonly profit: Profit;
  readonly spread: Big;
  readonly feeDrift: Big;
  /** What the accounts have gained: `net + feeDrift`. */
  readonly equityChange: Big;
  /** Of that. */
  readonly ratios: Ratios;
  readonly held: ReadonlyMap<InstrumentId, Big>;
  readonly orders: OrderCounts;
  /** Share of the run with a bid and an ask, 0 to 1, of the market with the least; `undefined` for a run without length. */
  readonly quotedBoth: number | undefined;
}

/** Adds up markets. @param rateOf - what one unit of a market's quote is worth in the common one */
export function glanceOf(
  markets: ReadonlyMap<InstrumentId, { readonly quote: string; readonly now: MarketGlance }>,
  rateOf: (quote: string) => Big,
): Pick<Glance, "sums" | "profit" | "spread" | "feeDrift" | "equityChange" | "ratios" | "held"> {
  let sums = noSums;
  let [unrealized, spread, feeDrift] = [new Big(0), new Big(0), new Big(0)];
  for (const { quote, now } of markets.values()) {
    const rate = rateOf(quote);
    sums = plusSums(sums, inQuote(now.sums, rate));
    unrealized = unrealized.plus(now.unrealized.times(rate));
    spread = spread.plus(now.spread.times(rate));
    feeDrift = feeDrift.plus(now.feeDrift.times(rate));
  }
  const profit = profitOf(sums, unrealized);
  const held = new Map([...markets].map(([id, { now }]) => [id, now.held]));
  const equityChange = profit.net.plus(feeDrift);
  return { sums, profit, spread, feeDrift, equityChange, ratios: ratiosOf(sums, equityChange), held };
}
