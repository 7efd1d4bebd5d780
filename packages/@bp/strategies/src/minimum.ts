// The smallest order a market takes.
import { type Instrument, type Lots, leastUnits, lots } from "@bp/core";

/**
 * The fewest lots that the venue takes at a price: its minimum size, or what its minimum notional asks for.
 *
 * @param price - ticks, above 0: the order's own, for an order that takes how far it may go
 * @param reduces - `reduceOnly`: on a perpetual the minimum notional does not hold for it
 */
export function minimumSize(instrument: Instrument, price: number, reduces = false): Lots {
  if (reduces && instrument.kind === "perp") return instrument.minSize;
  return lots(Math.max(instrument.minSize, Math.ceil(leastUnits(instrument) / price)));
}
