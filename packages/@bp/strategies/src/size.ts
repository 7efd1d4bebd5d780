// How much an amount of money buys.
import { gridsOf, type Instrument, type Lots, lots, roundToGrid, toBig } from "@bp/core";

/**
 * The most lots that cost no more than `amount` at a price.
 *
 * @param amount - quote, decimal text
 * @param price - ticks, above 0
 */
export function sizeFor(instrument: Instrument, amount: string, price: number): Lots {
  const { size } = gridsOf(instrument);
  return lots(roundToGrid(toBig(amount).div(toBig(instrument.tickSize).times(price)), size, "floor"));
}
