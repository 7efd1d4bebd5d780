// How Aster writes numbers.
import { type Instrument, type Lots, priceText, sizeText, type Ticks } from "@bp/core";
import { Big } from "big.js";
import { digits } from "../../text.ts";
import type { AsterHouse } from "../house.ts";

/** Money and rates with eight decimals: `122607.35137903`. */
export const eight = (value: Big | string | number): string => new Big(value).toFixed(8);

/** Money that was paid, exact: eight decimals, or as many as it takes. */
export function paid(value: Big | string): string {
  const exact = new Big(value).toFixed();
  return digits(exact) > 8 ? exact : eight(value);
}

/** A price in ticks with a fraction, as mark and index are, with eight decimals. */
export const finely = (market: Instrument, ticks: number): string => new Big(ticks).times(market.tickSize).toFixed(8);

/** A size, `0` when there is none. */
export const sizeOr0 = (market: Instrument, size: Lots | undefined): string =>
  size === undefined || size === 0 ? "0" : sizeText(market, size);

/** A price, `0` when there is none. */
export const priceOr0 = (market: Instrument, price: Ticks | undefined): string =>
  price === undefined ? "0" : priceText(market, price);

/** Without zeros at the end, exact, without an exponent. */
export const exactly = (value: Big | string): string => new Big(value).toFixed();

/**
 * The venue's id of a state of a book. On futures the numbers leap, so that an event's first id is not the previous one's
 * last plus one; on spot they do not.
 */
export const updateId = ({ service }: Pick<AsterHouse, "service">, id: number): number =>
  service === "futures" ? 1_000_000 + id * 3 : 1_000_000 + id;
