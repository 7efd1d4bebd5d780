// Decimal text to whole numbers on a grid, exactly, and back; the bridge to Big.
import { Big } from "big.js";
import { BpError } from "./errors.ts";
import { type Decimal, decimal } from "./units.ts";

/** A step as whole numbers: `step / 10^digits`. A step of 0.25 is 25 / 10^2, one of 10 is 10 / 10^0. */
export interface Grid {
  /** The step as it was given. */
  readonly text: Decimal;
  /** Digits after the point that a multiple of the step may need. */
  readonly digits: number;
  /** The step in units of 10^-digits. */
  readonly step: number;
}

/**
 * Reads a step such as a tick size.
 *
 * @param text - above 0, for example `0.01`; trailing zeros do not matter
 * @throws BpError `grid/bad-step` for zero, a negative one, or more than 15 significant digits
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
 * @returns steps, exact
 * @throws BpError `grid/off-grid` if it is not a multiple, `grid/not-decimal`, `grid/too-large`
 */
export function toGrid(text: string, grid: Grid): number {
  const units = toUnits(text, grid);
  if (grid.step === 1) return units;
  const count = units / grid.step;
  if (!Number.isInteger(count)) throw new BpError("grid/off-grid", { value: text, step: grid.text });
  return count;
}

function toUnits(text: string, grid: Grid): number {
  const length = text.length;
  let at = 0;
  const negative = length > 0 && text.charCodeAt(0) === 45;
  if (negative) at = 1;
  let units = 0;
  let digits = 0; // seen in all
  let after = -1; // seen after the point, -1 before it
  for (; at < length; at++) {
    const code = text.charCodeAt(at) - 48;
    if (code >= 0 && code <= 9) {
      digits += 1;
      if (after < 0) {
        units = units * 10 + code;
      } else if (after < grid.digits) {
        units = units * 10 + code;
        after += 1;
      } else {
        if (code !== 0) throw new BpError("grid/off-grid", { value: text, step: grid.text });
        after += 1;
      }
      if (units > Number.MAX_SAFE_INTEGER) throw new BpError("grid/too-large", { value: text, step: grid.text });
    } else if (code === -2 && after < 0 && digits > 0) {
      after = 0;
    } else {
      throw new BpError("grid/not-decimal", { value: text });
    }
  }
  if (digits === 0 || after === 0) throw new BpError("grid/not-decimal", { value: text });
  for (let missing = after < 0 ? grid.digits : grid.digits - after; missing > 0; missing--) units *= 10;
  if (units > Number.MAX_SAFE_INTEGER) throw new BpError("grid/too-large", { value: text, step: grid.text });
  return negative && units !== 0 ? -units : units;
}

/**
 * Writes a whole number of steps as decimal text with the grid's digits: 15000 at 0.01 is `150.00`.
 *
 * @param count - whole steps; may be negative
 */
export function fromGrid(count: number, grid: Grid): Decimal {
  const units = count * grid.step;
  if (!Number.isSafeInteger(units)) throw new BpError("grid/too-large", { value: String(count), step: grid.text });
  if (grid.digits === 0) return String(units) as Decimal;
  const digits = String(Math.abs(units)).padStart(grid.digits + 1, "0");
  const point = digits.length - grid.digits;
  return `${units < 0 ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}` as Decimal;
}

/** Which multiple of the step a value between two becomes: towards minus infinity, plus infinity, or the nearer (half up). */
export type Rounding = "floor" | "ceil" | "nearest";

/**
 * Brings any decimal onto the grid, exactly.
 *
 * @param value - decimal text or Big, on the grid or not
 * @returns whole steps
 * @throws BpError `grid/too-large` beyond 2^53 steps
 */
export function roundToGrid(value: string | Big, grid: Grid, rounding: Rounding): number {
  const steps = new Big(value).times(new Big(10).pow(grid.digits));
  const count = divideRounded(steps, grid.step, rounding);
  if (!Number.isSafeInteger(count)) throw new BpError("grid/too-large", { value: String(value), step: grid.text });
  return count;
}

function divideRounded(units: Big, step: number, rounding: Rounding): number {
  const divisor = new Big(step);
  const rest = units.mod(divisor); // same sign as units
  const below = units.minus(rest).minus(rest.lt(0) ? divisor : 0); // floor, in units
  const over = units.minus(below); // 0 <= over < step
  const up = rounding === "ceil" ? over.gt(0) : rounding === "nearest" ? over.times(2).gte(divisor) : false;
  return below.div(divisor).toNumber() + (up ? 1 : 0);
}

/** Whole steps as money: 15000 at 0.01 is Big 150. */
export function gridToBig(count: number, grid: Grid): Big {
  return new Big(count).times(stepToBig(grid));
}

/** The step itself as Big. */
export function stepToBig(grid: Grid): Big {
  return new Big(grid.text);
}

/** A Big as exact decimal text, never in exponent form. */
export function bigToDecimal(value: Big): Decimal {
  return value.toFixed() as Decimal;
}
