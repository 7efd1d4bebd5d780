// The split of all markets together, in one quote, held against a book that was kept beside it.
import { Big } from "@bp/core";
import { analysisHorizons } from "./markouts.ts";
import type { ProfitSplit } from "./split.ts";
import type { MarketSplit } from "./splitSums.ts";

const zero = new Big(0);
/** What a book of doubles may be off by, of all that went through it: each of its additions by 2^-53 of that at worst, so this is for nine million. */
const rounding = 1e-9;

/** One market's split. */
export interface SplitPart {
  readonly split: MarketSplit;
  /** One unit of its quote in the common one. */
  readonly rate: Big;
  /** What it has earned by a book of cash and coins that is kept fill by fill apart from the split, and what went through that. Common quote. */
  readonly booked: number;
  readonly turned: number;
}

/**
 * Adds up markets. That the exact parts are the exact whole is arithmetic: all of them come from the same sums. So the whole is also held
 * against the book, which shares with it the facts and the mark alone; what both are told wrongly, or never, neither of them can show.
 */
export function splitOf(markets: readonly SplitPart[]): ProfitSplit {
  const sum = (pick: (split: MarketSplit) => Big) =>
    markets.reduce((total, { split, rate }) => total.plus(pick(split).times(rate)), zero);
  const [spread, carried, fees, rebates, feeDrift, funding, equityChange] = [
    sum((each) => each.spread),
    sum((each) => each.carried),
    sum((each) => each.fees),
    sum((each) => each.rebates),
    sum((each) => each.feeDrift),
    sum((each) => each.funding),
    sum((each) => each.equityChange),
  ];
  const rest = carried.minus(fees).plus(rebates).plus(feeDrift).plus(funding);
  let residual = besideBook(equityChange, markets);
  const selection = analysisHorizons.map((horizonMs, at) => {
    const adverse = sum((each) => each.selection[at]?.adverse ?? zero);
    const inventory = sum((each) => each.selection[at]?.inventory ?? zero);
    const missed = spread.minus(adverse).plus(inventory).plus(rest).minus(equityChange);
    if (missed.abs().gt(residual.abs())) residual = missed;
    return {
      horizonMs,
      adverse: textOf(adverse),
      inventory: textOf(inventory),
      settled: markets.reduce((total, { split }) => total + (split.selection[at]?.settled ?? 0), 0),
    };
  });
  return {
    spread: textOf(spread),
    selection,
    carried: textOf(carried),
    fees: textOf(fees),
    rebates: textOf(rebates),
    feeDrift: textOf(feeDrift),
    funding: textOf(funding),
    equityChange: textOf(equityChange),
    residual: textOf(residual),
  };
}

/** What the book misses of the whole; 0 where that is no more than its rounding. */
function besideBook(whole: Big, markets: readonly SplitPart[]): Big {
  let [booked, turned] = [0, 0];
  for (const market of markets) {
    booked += market.booked;
    turned += market.turned;
  }
  const missed = Number.isFinite(booked) ? whole.minus(booked) : whole;
  return missed.abs().gt(rounding * Math.max(1, turned)) ? missed.round(12) : zero;
}

/** Decimal text, and no minus before nothing. */
export function textOf(value: Big): string {
  return value.eq(0) ? "0" : value.toFixed();
}
