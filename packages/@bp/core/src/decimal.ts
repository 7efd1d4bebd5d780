// Decimal text to whole numbers on a grid, exactly, and back.
import { BpError } from "./errors.ts";
import { type Decimal, decimal, isDecimal } from "./units.ts";

/** A step as whole numbers: `step / 10^digits`. A step of 0.25 is 25 / 10^2, one of 10 is 10 / 10^0. Made by `gridOf`. */
export interface Grid {
  /** The step as it was given. */
  readonly text: Decimal;
  /** Digits after the point that a multiple of the step may need. */
  readonly digits: number;
  /** The step in units of 10^-digits. */
  readonly step: number;
}

/** 10^0 to 10^15: with whole numbers below these nothing is ever rounded. */
const powers: readonly number[] = /* @__PURE__ */ Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * Reads a step such as a tick size.
 *
 * @param text - above 0, for example `0.01`; trailing zeros do not matter
 * @throws BpError `grid/not-decimal`; `grid/bad-step` for zero, a negative one, or one of more than 2^53 units of its last digit
 */
export function gridOf(text: string): Grid {
  const clean = decimal(text);
  const [whole = "", fraction = ""] = clean.split(".");
  const kept = fraction.replace(/0+$/, "");
  const step = Number(whole + kept);
  if (!Number.isSafeInteger(step) || step <= 0) throw new BpError("grid/bad-step", { step: text });
  return { text: clean, digits: kept.length, step };
}

/**
 * Reads decimal text as a whole number of steps, without a float on the way.
 *
 * @param text - `-?digits[.digits]`; zeros beyond the grid's digits are allowed
 * @returns steps, exact; never -0
 * @throws BpError `grid/not-decimal`; `grid/off-grid` if it is not a multiple; `grid/too-large` beyond 2^53 - 1 steps
 */
export function toGrid(text: string, grid: Grid): number {
  const length = text.length;
  const negative = length > 0 && text.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  let at = start;
  let units = 0;
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    units = units * 10 + digit;
  }
  const point = at;
  // Up to 15 digits no product above can have been rounded; whatever is longer or odd goes the slow, exact way.
  if (point === start || point - start + grid.digits > 15) return toGridSlowly(text, grid);
  let missing = grid.digits;
  if (at < length) {
    if (text.charCodeAt(at) !== 46 || at + 1 === length) return toGridSlowly(text, grid);
    for (at++; at < length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) return toGridSlowly(text, grid);
      if (missing > 0) {
        units = units * 10 + digit;
        missing -= 1;
      } else if (digit !== 0) return toGridSlowly(text, grid);
    }
  }
  if (missing > 0) units *= powers[missing] ?? 1;
  const count = grid.step === 1 ? units : units / grid.step;
  // A quotient of whole numbers below 2^53 that is not whole is never rounded to a whole one (half a unit in its last place is below 1/step).
  if (!Number.isInteger(count)) return toGridSlowly(text, grid);
  return negative ? 0 - count : count;
}

/** The same with bigints: for texts too long for the quick way, and to say what is wrong with a bad one. */
function toGridSlowly(text: string, grid: Grid): number {
  if (!isDecimal(text)) throw new BpError("grid/not-decimal", { value: text });
  const [whole = "", fraction = ""] = text.split(".");
  const beyond = fraction.slice(grid.digits);
  const units = BigInt(whole + fraction.slice(0, grid.digits).padEnd(grid.digits, "0"));
  const step = BigInt(grid.step);
  if (/[1-9]/.test(beyond) || units % step !== 0n) throw new BpError("grid/off-grid", { value: text, step: grid.text });
  const count = Number(units / step);
  if (!Number.isSafeInteger(count)) throw new BpError("grid/too-large", { value: text, step: grid.text });
  return count;
}

/**
 * Writes a whole number of steps as decimal text with the grid's digits: 15000 at 0.01 is `150.00`.
 *
 * @param count - whole steps; may be negative
 * @throws BpError `grid/not-whole` if it has a fraction or is beyond 2^53 - 1
 */
export function fromGrid(count: number, grid: Grid): Decimal {
  const { digits } = grid;
  const units = count * grid.step;
  if (digits > 15 || !Number.isSafeInteger(units)) return fromGridSlowly(count, grid);
  if (digits === 0) return String(units) as Decimal; // digits only: numbers below 10^21 have no exponent
  const scale = powers[digits] ?? 1;
  const size = units < 0 ? -units : units;
  const whole = Math.floor(size / scale);
  const fraction = size - whole * scale + scale; // the scale's 1 in front keeps the leading zeros
  return `${units < 0 ? "-" : ""}${whole}.${String(fraction).slice(1)}` as Decimal; // built of digits and a point
}

function fromGridSlowly(count: number, grid: Grid): Decimal {
  if (!Number.isSafeInteger(count)) throw new BpError("grid/not-whole", { value: count });
  const units = BigInt(count) * BigInt(grid.step);
  const digits = String(units < 0n ? -units : units).padStart(grid.digits + 1, "0");
  const point = digits.length - grid.digits;
  const fraction = grid.digits === 0 ? "" : `.${digits.slice(point)}`;
  return `${units < 0n ? "-" : ""}${digits.slice(0, point)}${fraction}` as Decimal; // built of digits and a point
}
