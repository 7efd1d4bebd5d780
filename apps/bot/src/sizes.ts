// Whether sizes that a person named are ones that the markets take at the price now, on every leg.
import { Big, BpError, gridsOf, type Instrument, type InstrumentId, lots, roundToGrid, sizeText } from "@bp/core";
import type { StrategyConfig } from "./config/index.ts";
import { marketsOf } from "./wire-up.ts";

/** Keys of sizes: in base, or in quote. */
const keys = [
  { key: "quantity", in: "base" },
  { key: "amount", in: "quote" },
  { key: "perCell", in: "quote" },
] as const;

/**
 * Checks the sizes of a strategy.
 *
 * @param mids - quote per base; markets without one are not looked at
 * @returns `config/conflict` with the smallest size that will do, for each market that does not take it
 */
export function sizeConflicts(
  strategy: StrategyConfig,
  instruments: readonly Instrument[],
  mids: ReadonlyMap<InstrumentId, string>,
): readonly BpError[] {
  const given = keys.find(({ key }) => strategy.params[key] !== undefined && strategy.params[key] !== "auto");
  if (given === undefined) return [];
  const found: BpError[] = [];
  const size = new Big(String(strategy.params[given.key]));
  for (const id of marketsOf(strategy)) {
    const instrument = instruments.find((each) => each.id === id);
    const mid = mids.get(id);
    if (instrument === undefined || mid === undefined) continue;
    const base = given.in === "base" ? size : size.div(mid);
    const least = smallestOrder(instrument, mid);
    if (base.gte(least)) continue;
    const { base: coin, quote } = instrument;
    const worth = (amount: Big) => `${amount.times(mid).round(6).toFixed()} ${quote}`;
    found.push(
      new BpError("config/conflict", {
        what: `${strategy.name}: ${base.round(8).toFixed()} ${coin} is worth ${worth(base)}; ${id} takes ${least} ${coin} (${worth(new Big(least))}) or more`,
        hint: `raise ${given.key} to at least ${given.in === "base" ? least : worth(new Big(least))}`,
      }),
    );
  }
  return found;
}

/** Base: the least that minimum size and minimum notional allow at a price. */
export function smallestOrder(instrument: Instrument, price: Big | string): string {
  const { size } = gridsOf(instrument);
  const byNotional = roundToGrid(new Big(instrument.minNotional).div(price), size, "ceil");
  return sizeText(instrument, lots(Math.max(instrument.minSize, byNotional)));
}
