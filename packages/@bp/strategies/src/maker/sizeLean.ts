// Sizes that lean: more of what there is too much of is offered, and less is bid for.
import { gridsOf, type Instrument, notionalUnits, roundToGrid, type View, venueOf } from "@bp/core";
import { minimumSize } from "../minimum.ts";
import { sizeSkew } from "../signals/sizeSkew.ts";
import type { Scale } from "./scale.ts";

/** Lots for each order of a side. */
export interface Pair {
  readonly buy: number;
  readonly sell: number;
}

/**
 * The sizes after the lean. Perpetuals lean about flat, spot about the target share of base in the wallet. What falls below the
 * market's minimum is 0.
 *
 * @param price - ticks: what orders and wallet are worth
 * @returns `undefined` while a balance that is needed is not known
 */
export function leant(
  { buy, sell }: Pair,
  view: View,
  instrument: Instrument,
  scale: Scale,
  price: number,
  held: number,
): Pair | undefined {
  const range = scale.sizeRange ?? 1;
  let factors = sizeSkew(held, 0, scale.cap * range);
  if (instrument.kind === "spot") {
    const venue = venueOf(instrument.id);
    const [base, quote] = [view.balance(venue, instrument.base), view.balance(venue, instrument.quote)];
    if (base === undefined || quote === undefined) return undefined;
    const has = roundToGrid(base.total, gridsOf(instrument).size, "floor");
    const target = (has + Math.max(0, notionalUnits(instrument, quote.total)) / price) * scale.baseShare;
    factors = sizeSkew(has, target, Math.max(1, target * range));
  }
  const fitted = (size: number, factor: number) => {
    const lots = Math.floor(size * factor);
    return lots < minimumSize(instrument, price) ? 0 : lots;
  };
  return { buy: fitted(buy, factors.bid), sell: fitted(sell, factors.ask) };
}
