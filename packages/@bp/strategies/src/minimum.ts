// The smallest order a market takes.
import { type Instrument, type Lots, leastUnits, lots } from "@bp/core";

/**
 * The fewest lots that the venue takes at a price: its minimum size, or what its minimum notional asks for.
 *
 * @param price - ticks, above 0
 */
export function minimumSize(instrument: Instrument, price: number): Lots {
  return lots(Math.max(instrument.minSize, Math.ceil(leastUnits(instrument) / price)));
}
