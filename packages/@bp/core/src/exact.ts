// The bridge between decimal text, grids and Big.
import { Big } from "big.js";
import type { Grid } from "./decimal.ts";
import { divideRounded } from "./divide.ts";
import { BpError } from "./errors.ts";
import { type Decimal, decimal } from "./units.ts";

/**
 * Reads decimal text as money.
 *
 * @throws BpError `grid/not-decimal`
 */
export function toBig(text: string): Big {
  return new Big(decimal(text));
}

/** Which multiple of the step a value between two becomes: towards minus infinity, plus infinity, or the nearer (half up). */
export type Rounding = "floor" | "ceil" | "nearest";

/**
 * Brings any decimal onto the grid, exactly.
 *
 * @param value - decimal text or Big, on the grid or not
 * @returns whole steps, never -0
 * @throws BpError `grid/not-decimal`; `grid/too-large` beyond 2^53 - 1 steps
 */
export function roundToGrid(value: string | Big, grid: Grid, rounding: Rounding): number {
  const exact = typeof value === "string" ? new Big(decimal(value)) : value;
  const count = divideRounded(exact, new Big(grid.text), rounding).toNumber();
  if (!Number.isSafeInteger(count)) throw new BpError("grid/too-large", { value: String(value), step: grid.text });
  return count + 0; // + 0 turns -0 into 0
}

/** A Big as exact decimal text, never in exponent form, never `-0`. */
export function bigToDecimal(value: Big): Decimal {
  return (value.eq(0) ? "0" : value.toFixed()) as Decimal; // toFixed without digits writes all of them, plainly
}
