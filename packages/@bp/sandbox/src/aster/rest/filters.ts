// The filters of exchangeInfo with their codes, one after the other as the venue asks them.
import {
  gridsOf,
  type Instrument,
  isBpError,
  type Lots,
  lots,
  priceToBig,
  sizeToBig,
  type Ticks,
  ticks,
  toGrid,
} from "@bp/core";
import { Big } from "big.js";
import { digits, plain } from "../../text.ts";
import type { AsterHouse } from "../house.ts";
import { refuse } from "../refuse.ts";
import { maxPriceOf, mostLots, pricePrecision, quantityPrecision } from "../wire/market.ts";
import { exactly } from "../wire/numbers.ts";

const precise = (text: string, most: number): void => {
  if (digits(plain(text)) > most) refuse(-1111, "Precision is over the maximum defined for this asset.");
};

/** A price or stop price in ticks. @throws Refused */
export function readPrice(market: Instrument, text: string): Ticks {
  precise(text, pricePrecision(market));
  const price = new Big(text);
  if (price.lte(0)) return refuse(-4001, "Price less than or equal to zero.");
  if (price.gt(maxPriceOf(market))) return refuse(-4002, "Price greater than max price.");
  if (price.lt(priceToBig(market, market.minPrice))) return refuse(-4013, "Price less than min price.");
  return ticks(whole(text, gridsOf(market).price, -4014, "Price not increased by tick size."));
}

/** A quantity in lots. @throws Refused */
export function readSize(market: Instrument, text: string, type: "limit" | "market"): Lots {
  precise(text, quantityPrecision(market));
  const quantity = new Big(text);
  if (quantity.lte(0)) return refuse(-4003, "Quantity less than or equal to zero.");
  if (quantity.lt(sizeToBig(market, market.minSize))) return refuse(-4004, "Quantity less than min quantity.");
  if (quantity.gt(sizeToBig(market, lots(mostLots(market, type)))))
    return refuse(-4005, "Quantity greater than max quantity.");
  return lots(whole(text, gridsOf(market).size, -4023, "Quantity not increased by step size."));
}

function whole(text: string, grid: Parameters<typeof toGrid>[1], code: number, msg: string): number {
  try {
    return toGrid(plain(text), grid);
  } catch (error) {
    if (isBpError(error)) return refuse(code, msg);
    throw error;
  }
}

/**
 * The price band: on futures purchases have no lower bound and sales no upper one, on spot both have both.
 *
 * @throws Refused -4016, -4024
 */
export function checkBand(house: AsterHouse, market: Instrument, side: "buy" | "sell", price: Ticks): void {
  const band = house.bandOf(market);
  if (band === undefined) return;
  const middle = referenceOf(house, market);
  if (middle.eq(0)) return;
  const limit = priceToBig(market, price);
  const both = house.service === "spot";
  const high = middle.times(band.max);
  const low = middle.times(band.min);
  if ((both || side === "buy") && limit.gt(high))
    refuse(-4016, `Limit price can't be higher than ${exactly(high.round(8))}.`);
  if ((both || side === "sell") && limit.lt(low))
    refuse(-4024, `Limit price can't be lower than ${exactly(low.round(8))}.`);
}

/** What the band is around: the mark on futures, the index on spot. */
function referenceOf(house: AsterHouse, market: Instrument): Big {
  const index = house.exchange.mark(market.id)?.index;
  return house.service === "spot" && index !== undefined ? new Big(index).times(market.tickSize) : house.markOf(market);
}

/**
 * The least value of an order that opens.
 *
 * @param price - `undefined` for market orders, which are counted at the mark
 * @throws Refused -4164
 */
export function checkNotional(house: AsterHouse, market: Instrument, price: Ticks | undefined, size: Lots): void {
  const at = price === undefined ? house.markOf(market) : priceToBig(market, price);
  if (sizeToBig(market, size).times(at).lt(market.minNotional))
    refuse(
      -4164,
      `Order's notional must be no smaller than ${plain(market.minNotional)} (unless you choose reduce only)`,
    );
}
