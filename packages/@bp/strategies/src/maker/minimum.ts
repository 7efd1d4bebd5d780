// The smallest order a market takes.
import { gridsOf, type Instrument, type Lots, lots, notionalUnits } from "@bp/core";

const units = new WeakMap<Instrument, number>();

/**
 * The fewest lots that the venue takes at a price: its minimum size, or what its minimum notional asks for.
 *
 * @param price - ticks, above 0
 */
export function minimumSize(instrument: Instrument, price: number): Lots {
  return lots(Math.max(instrument.minSize, Math.ceil(leastUnits(instrument) / price)));
}

/** The minimum notional in tick-lots, rounded up. */
function leastUnits(instrument: Instrument): number {
  let found = units.get(instrument);
  if (found === undefined) {
    const below = notionalUnits(instrument, instrument.minNotional);
    found = gridsOf(instrument).unit.times(below).lt(instrument.minNotional) ? below + 1 : below;
    units.set(instrument, found);
  }
  return found;
}
