// Figures of the venue in ticks and lots where they need not be on the grid.
import {
  Big,
  type BpError,
  type Decimal,
  type Grid,
  gridsOf,
  type Instrument,
  isBpError,
  type Lots,
  lots,
  roundToGrid,
  type Ticks,
  ticks,
  toLots,
  toTicks,
} from "@bp/core";

/** A price as ticks with a fraction: an opinion, not a fact. */
export function ticksWithFraction(text: Decimal, instrument: Instrument): number {
  return new Big(text).div(instrument.tickSize).toNumber(); // exact before it is a float: 98.94 / 0.01 is 9894
}

/**
 * The price of an order that rests. One that is off today's grid (a changed filter) is told and rounded: an order that we know roughly is
 * better than one that we do not see.
 */
export function ticksNear(text: Decimal, instrument: Instrument, onTrouble: (error: BpError) => void): Ticks {
  return ticks(near(text, gridsOf(instrument).price, () => toTicks(instrument, text), onTrouble));
}

/** A size in lots; off today's grid it is told and rounded, as a price is. */
export function lotsNear(text: Decimal, instrument: Instrument, onTrouble: (error: BpError) => void): Lots {
  return lots(near(text, gridsOf(instrument).size, () => toLots(instrument, text), onTrouble));
}

function near(text: Decimal, grid: Grid, read: () => number, onTrouble: (error: BpError) => void): number {
  try {
    return read();
  } catch (error) {
    if (!isBpError(error)) throw error;
    onTrouble(error);
    return roundToGrid(text, grid, "nearest");
  }
}
