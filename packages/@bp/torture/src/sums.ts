// What trades come to in the venue's own books, to hold the bot's against.
import { Big, type Decimal, feeInQuote, type Instrument, type Lots, notionalOf, type Ticks } from "@bp/core";

/** What is counted of a trade. */
interface CountedTrade {
  readonly price: Ticks;
  readonly size: Lots;
  readonly fee: Decimal;
  readonly feeAsset: string;
}

/** What they come to. */
interface Sums {
  /** How many there were. */
  readonly fills: number;
  /** Quote. */
  readonly volume: Big;
  /** Quote. */
  readonly fees: Big;
}

/** Adds up trades of one market. */
export function sumsOf(instrument: Instrument, trades: readonly CountedTrade[]): Sums {
  let volume = new Big(0);
  let fees = new Big(0);
  for (const trade of trades) {
    volume = volume.plus(notionalOf(instrument, trade.price, trade.size));
    fees = fees.plus(feeInQuote(instrument, trade));
  }
  return { fills: trades.length, volume, fees };
}
