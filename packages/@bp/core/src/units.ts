// The kinds of number that must never be mixed, and the only doors into them.
import { BpError } from "./errors.ts";

declare const unit: unique symbol;

/** Price as a whole number of the instrument's `tickSize`. */
export type Ticks = number & { readonly [unit]: "ticks" };

/** Size as a whole number of the instrument's `lotSize`; signed where it is a position. */
export type Lots = number & { readonly [unit]: "lots" };

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number & { readonly [unit]: "ms" };

/** Exact decimal text as the venues send it: `-?digits[.digits]`, no exponent. */
export type Decimal = string & { readonly [unit]: "decimal" };

/** Our own order number, 32 bits: 8 of the run, 24 counting; never 0. Both venues can carry it. */
export type ClientId = number & { readonly [unit]: "clientId" };

/**
 * Marks a whole number as a price.
 *
 * @param count - price / tickSize, already rounded to the side the caller wants
 * @throws BpError `grid/not-whole` if `count` has a fraction or is beyond 2^53
 * @example
 * const bid = ticks(Math.floor(fair - halfSpread)); // a bid rounds down, away from the touch
 */
export function ticks(count: number): Ticks {
  if (!Number.isSafeInteger(count)) throw new BpError("grid/not-whole", { value: count });
  return (count + 0) as Ticks; // + 0 turns -0 into 0
}

/**
 * Marks a whole number as a size, or as a signed position.
 *
 * @param count - size / lotSize, already rounded by the caller
 * @throws BpError `grid/not-whole` if `count` has a fraction or is beyond 2^53
 */
export function lots(count: number): Lots {
  if (!Number.isSafeInteger(count)) throw new BpError("grid/not-whole", { value: count });
  return (count + 0) as Lots; // + 0 turns -0 into 0
}

/**
 * Marks a whole number as a moment.
 *
 * @param epochMs - milliseconds since 1970-01-01T00:00:00Z
 * @throws BpError `grid/not-whole` if it has a fraction or is beyond 2^53
 */
export function millis(epochMs: number): Millis {
  if (!Number.isSafeInteger(epochMs)) throw new BpError("grid/not-whole", { value: epochMs });
  return (epochMs + 0) as Millis; // + 0 turns -0 into 0
}

/**
 * Marks text as an exact decimal.
 *
 * @param text - `-?digits[.digits]`; no exponent, no plus sign, no spaces, at least one digit before the point
 * @throws BpError `grid/not-decimal` for anything else, `1e-7` and `NaN` among them
 */
export function decimal(text: string): Decimal {
  if (!isDecimal(text)) throw new BpError("grid/not-decimal", { value: text });
  return text;
}

/** Whether `text` is an exact decimal: `-?digits[.digits]`. */
export function isDecimal(text: string): text is Decimal {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/**
 * Marks a whole number as an order number of ours.
 *
 * @param value - 1 to 4294967295
 * @throws BpError `grid/not-client-id` outside that range
 */
export function clientId(value: number): ClientId {
  if (!Number.isInteger(value) || value < 1 || value > 0xffff_ffff) throw new BpError("grid/not-client-id", { value });
  return value as ClientId; // just checked
}

/**
 * The order number of the `count`-th order of a run.
 *
 * @param run - 0 to 255, told apart so that two runs in a row never share a number
 * @param count - 1 to 2^24 - 1
 * @throws BpError `grid/not-client-id` when the run has used up its 16,777,215 numbers
 */
export function clientIdOf(run: number, count: number): ClientId {
  if (!Number.isInteger(run) || run < 0 || run > 255) throw new BpError("grid/not-client-id", { value: run });
  if (!Number.isInteger(count) || count < 1 || count > 0xff_ffff)
    throw new BpError("grid/not-client-id", { value: count });
  return clientId(run * 0x100_0000 + count);
}

/** The run of an order number, as of `clientIdOf`: 0 to 255. */
export function runOf(id: number): number {
  return Math.floor(id / 0x100_0000);
}
