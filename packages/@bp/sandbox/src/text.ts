// Exact numbers as plain decimal text.
import { type Instrument, type Lots, priceText, sizeText, type Ticks } from "@bp/core";
import { Big } from "big.js";

/** Decimal text without zeros at the end, `98.960` is `98.96`, `20.00` is `20`. */
export function plain(text: string): string {
  if (!text.includes(".")) return text;
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end -= 1;
  if (text.charCodeAt(end - 1) === 46) end -= 1;
  return text.slice(0, end);
}

/** A price without zeros at the end. */
export const price = (market: Instrument, value: Ticks): string => plain(priceText(market, value));

/** A size without zeros at the end. */
export const size = (market: Instrument, value: Lots): string => plain(sizeText(market, value));

/** Money or a rate, exact, without an exponent. */
export const money = (value: Big | string): string => plain(new Big(value).toFixed());

/** A price in ticks with a fraction, as mark and index are, with at most 8 digits. */
export const fine = (market: Instrument, ticks: number): string =>
  plain(new Big(ticks).times(market.tickSize).toFixed(8));

/** Digits after the point of decimal text. */
export const digits = (text: string): number => {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
};

/** A whole number as a JSON number, digit by digit, also one that a double cannot hold. */
export function longNumber(digits: string | bigint): unknown {
  // The compiler's library does not know this function of the language yet.
  const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };
  return rawJSON(String(digits));
}
