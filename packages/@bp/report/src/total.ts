// Several markets as one, in one quote.
import { Big } from "@bp/core";
import type { Causes } from "./causes.ts";
import { type Figures, type InstrumentFigures, ratiosOf, type Stretch, stretchOf } from "./figures.ts";
import { markoutHorizons } from "./mids.ts";
import { inQuote, noSums, plusSums } from "./sums.ts";

const zero = new Big(0);

/**
 * Adds up markets.
 *
 * @param rateOf - what one unit of a market's quote is worth in the common one
 */
export function totalOf(
  figures: readonly InstrumentFigures[],
  rateOf: (quote: string) => Big,
): Pick<Figures, "session" | "cumulative" | "causes" | "ratios"> {
  const stretch = (pick: (each: InstrumentFigures) => Stretch): Stretch => {
    let sums = noSums;
    let unrealized = zero;
    for (const each of figures) {
      const rate = rateOf(each.instrument.quote);
      const part = pick(each);
      sums = plusSums(sums, inQuote(part.sums, rate));
      unrealized = unrealized.plus(part.profit.unrealized.times(rate));
    }
    return stretchOf(sums, unrealized);
  };
  const sum = (pick: (causes: Causes) => Big): Big =>
    figures.reduce((total, each) => total.plus(pick(each.causes).times(rateOf(each.instrument.quote))), zero);
  const pickSelection = (causes: Causes, horizonMs: number) =>
    causes.selection.find((each) => each.horizonMs === horizonMs);
  const session = stretch((each) => each.session);
  const equityChange = sum((each) => each.equityChange);
  return {
    session,
    cumulative: stretch((each) => each.cumulative),
    causes: {
      spread: sum((each) => each.spread),
      selection: markoutHorizons.map((horizonMs) => ({
        horizonMs,
        adverse: sum((each) => pickSelection(each, horizonMs)?.adverse ?? zero),
        inventory: sum((each) => pickSelection(each, horizonMs)?.inventory ?? zero),
        settled: figures.reduce((total, each) => total + (pickSelection(each.causes, horizonMs)?.settled ?? 0), 0),
      })),
      carried: sum((each) => each.carried),
      fees: sum((each) => each.fees),
      feeDrift: sum((each) => each.feeDrift),
      funding: sum((each) => each.funding),
      equityChange,
    },
    ratios: ratiosOf(session.sums, equityChange),
  };
}
