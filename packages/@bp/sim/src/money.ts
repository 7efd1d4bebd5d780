// Exact money inside the exchange.
import { Big, bigToDecimal, type Decimal, isDecimal } from "@bp/core";

/** An exact amount of an asset. */
export type Money = Big;

/** Nothing. */
export const none: Money = new Big(0);

/** An amount from decimal text, or from a number as its shortest decimal says it. */
export function money(value: string | number): Money {
  return new Big(value);
}

/** An amount as exact decimal text. */
export function text(value: Money): Decimal {
  return bigToDecimal(value);
}

/** A fraction such as a fee rate, for use as a factor; `undefined` if the text is no exact decimal. */
export function fraction(value: string): Money | undefined {
  return isDecimal(value) ? money(value) : undefined;
}
