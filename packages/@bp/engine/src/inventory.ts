// Inventory of one owner in one market: what it cost, what it has earned, and what fees have eaten of it.
import {
  Big,
  type Fill,
  flat,
  gridsOf,
  type Instrument,
  lots,
  notionalOf,
  type Position,
  priceToBig,
  sizeToBig,
  traded,
} from "@bp/core";

const zero = new Big(0);

/** Inventory of one owner in one instrument. */
export interface Owned {
  position: Position;
  /** Quote. */
  fees: Big;
  /** Quote. */
  funding: Big;
  /** Fees paid in base that do not come to a whole lot yet, in base, and what they were booked for in quote. */
  dust: Big;
  dustValue: Big;
}

/** Nothing held, nothing earned. */
export const nothingOwned = (): Owned => ({ position: flat, fees: zero, funding: zero, dust: zero, dustValue: zero });

/** What can be sold or must be bought back, in lots: a lot of which a part went in fees is not there to sell. */
export function sellable({ position, dust }: Owned): number {
  return dust !== zero && dust.gt(zero) ? position.size - 1 : position.size; // asked all the time, and mostly there is none
}

/**
 * A fee in quote is a cost. One in base is a cost too, and is not there to sell: fractions of a lot gather until they make
 * whole ones, which leave the position for what they were booked.
 */
export function bookFee(entry: Owned, fill: Fill, instrument: Instrument): void {
  const fee = new Big(fill.fee);
  if (instrument.kind !== "spot" || fill.feeAsset !== instrument.base) {
    entry.fees = entry.fees.plus(fee);
    return;
  }
  const price = priceToBig(instrument, fill.price);
  entry.fees = entry.fees.plus(fee.times(price));
  entry.dust = entry.dust.plus(fee);
  entry.dustValue = entry.dustValue.plus(fee.times(price));
  const { size: grid } = gridsOf(instrument);
  const whole = lots(Math.trunc(entry.dust.div(grid.text).toNumber()));
  if (whole === 0) return;
  const rest = entry.dust.minus(sizeToBig(instrument, whole));
  const worth = entry.dustValue.minus(rest.times(price)); // what the whole lots were booked for
  entry.position = traded(instrument, entry.position, {
    side: whole > 0 ? "sell" : "buy",
    price: fill.price,
    size: lots(Math.abs(whole)),
  });
  const at = notionalOf(instrument, fill.price, whole);
  entry.position = { ...entry.position, realized: entry.position.realized.plus(worth).minus(at) };
  entry.dust = rest;
  entry.dustValue = rest.times(price);
}
