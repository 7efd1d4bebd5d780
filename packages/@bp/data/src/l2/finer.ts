// The sign that a market's grid is finer than the first lines of its recording have shown.
import { isBpError } from "@bp/core";
import { digitsOf } from "../csv/number.ts";
import { type Cast, type Digits, mostDigits, type RecordedAs } from "./infer.ts";

/** Ends a reading: it begins anew with these digits. Never leaves the package. */
export class FinerGrid extends Error {
  readonly symbol: string;
  readonly digits: Digits;

  constructor(symbol: string, digits: Digits) {
    super(`${symbol} has finer prices or sizes`);
    this.symbol = symbol;
    this.digits = digits;
  }
}

/** What an error says of the grid; `undefined` where it says nothing, or the grid was told by a person. */
export function finerGrid(
  error: unknown,
  { symbol, instrument }: Cast,
  told: RecordedAs | undefined,
): FinerGrid | undefined {
  if (!isBpError(error, "grid/off-grid")) return undefined;
  const { value, step } = error.context;
  const digits = digitsOf(value);
  if (digits > mostDigits) return undefined;
  const { tickSize, lotSize } = instrument;
  const isPrice = step === tickSize && told?.tickSize === undefined && digits > digitsOf(tickSize);
  const isSize = step === lotSize && told?.lotSize === undefined && digits > digitsOf(lotSize);
  if (!isPrice && !isSize) return undefined;
  return new FinerGrid(symbol, {
    price: isPrice ? digits : digitsOf(tickSize),
    size: isSize ? digits : digitsOf(lotSize),
  });
}
