// Numbers read straight from the bytes of a frame: for decoders that cannot afford a string for each price.
import { type Grid, toGrid } from "./decimal.ts";
import { BpError } from "./errors.ts";

const powers: readonly number[] = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * Reads the decimal text in `bytes[from..to)` as a whole number of steps: `toGrid` without the string.
 *
 * @param bytes - ASCII
 * @param from - index of the first byte, the minus sign if there is one
 * @param to - index after the last byte; what is beyond the array reads as malformed
 * @returns steps, exact; never -0
 * @throws BpError `grid/not-decimal`; `grid/off-grid` if it is not a multiple; `grid/too-large` beyond 2^53 - 1 steps
 */
export function gridFromBytes(bytes: Uint8Array, from: number, to: number, grid: Grid): number {
  const negative = from < to && bytes[from] === 45;
  const start = negative ? from + 1 : from;
  let at = start;
  let units = 0;
  for (; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    units = units * 10 + digit;
  }
  // Up to 15 digits no product above can have been rounded; whatever is longer or odd goes the slow, exact way.
  if (at === start || at - start + grid.digits > 15) return slowly(bytes, from, to, grid);
  let missing = grid.digits;
  if (at < to) {
    if (bytes[at] !== 46 || at + 1 === to) return slowly(bytes, from, to, grid);
    for (at++; at < to; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) return slowly(bytes, from, to, grid);
      if (missing > 0) {
        units = units * 10 + digit;
        missing -= 1;
      } else if (digit !== 0) return slowly(bytes, from, to, grid);
    }
  }
  if (missing > 0) units *= powers[missing] ?? 1;
  const count = grid.step === 1 ? units : units / grid.step;
  if (!Number.isInteger(count)) return slowly(bytes, from, to, grid);
  return negative ? 0 - count : count;
}

/**
 * Reads the digits in `bytes[from..to)` as a whole number: update ids, times, counts.
 *
 * @returns 0 to 2^53 - 1, exact
 * @throws BpError `grid/not-decimal` for anything but digits, a sign among them; `grid/too-large` beyond 2^53 - 1
 */
export function wholeFromBytes(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) throw new BpError("grid/not-decimal", { value: textOf(bytes, from, to) });
    value = value * 10 + digit;
  }
  if (!(from < to)) throw new BpError("grid/not-decimal", { value: "" });
  // Sums only grow, so that one rounded on the way ends above the limit too.
  if (value > Number.MAX_SAFE_INTEGER)
    throw new BpError("grid/too-large", { value: textOf(bytes, from, to), step: "1" });
  return value;
}

const slowly = (bytes: Uint8Array, from: number, to: number, grid: Grid): number =>
  toGrid(textOf(bytes, from, to), grid); // which also says what is wrong with it

function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
