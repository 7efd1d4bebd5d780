// Marks of a perpetual as facts, and the moment when a funding stamp has passed.
import { type Decimal, type Instrument, type Millis, millis, type News } from "@bp/core";
import { ticksWithFraction } from "./onGrid.ts";

/** A mark as a venue tells it. */
export interface Mark {
  readonly price: Decimal;
  /** Missing where the venue does not say it: then the mark stands for it. */
  readonly index: Decimal | null | undefined;
  /** For one funding interval; positive: longs pay. */
  readonly fundingRate: Decimal | null | undefined;
  /** The next funding stamp, ms; 0 where it is not known. */
  readonly fundingAt: number;
  readonly venueAt: Millis;
}

/**
 * Makes the teller of one market's marks.
 *
 * @param options.instrument - the market as it is now; `undefined` where nobody asks for it
 * @param options.stamped - called when the next funding stamp has moved on
 */
export function createMarkFeed(options: {
  readonly instrument: () => Instrument | undefined;
  readonly tell: (news: News, venueAt: Millis, at: Millis) => void;
  readonly stamped: () => void;
}): (mark: Mark, at: Millis) => void {
  const { tell, stamped } = options;
  let known = 0;
  return ({ price, index, fundingRate, fundingAt, venueAt }, at) => {
    const instrument = options.instrument();
    if (instrument === undefined) return;
    const news: News = {
      type: "mark.changed",
      instrument: instrument.id,
      mark: ticksWithFraction(price, instrument),
      index: ticksWithFraction(index ?? price, instrument),
      fundingRate: Number(fundingRate ?? 0), // an opinion: no money is made of it
      fundingAt: millis(fundingAt),
    };
    tell(news, venueAt, at);
    if (known > 0 && fundingAt > known) stamped();
    known = fundingAt;
  };
}
