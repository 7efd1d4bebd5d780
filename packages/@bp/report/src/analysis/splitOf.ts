// The split of all markets together, in one quote, and the proof that nothing is missing.
import { Big } from "@bp/core";
import { analysisHorizons } from "./markouts.ts";
import type { ProfitSplit } from "./split.ts";
import type { MarketSplit } from "./splitSums.ts";

const zero = new Big(0);

/** Adds up markets. @param markets - each with what one unit of its quote is worth in the common one */
export function splitOf(markets: readonly { readonly split: MarketSplit; readonly rate: Big }[]): ProfitSplit {
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
  let residual = zero;
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

/** Decimal text, and no minus before nothing. */
export function textOf(value: Big): string {
  return value.eq(0) ? "0" : value.toFixed();
}
