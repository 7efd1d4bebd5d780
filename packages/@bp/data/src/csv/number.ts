// Numbers of a table as they come: read as doubles, with the digits that they had, and put on a grid exactly.
import { BpError, type Grid } from "@bp/core";

/** Digits after the point that matter, and the number; `undefined` where it is none. */
export function readNumber(text: string | undefined): { readonly value: number; readonly digits: number } | undefined {
  const trimmed = text?.trim().replaceAll('"', "") ?? "";
  if (!/^-?\d+(\.\d*)?$/.test(trimmed)) return undefined;
  return { value: Number(trimmed), digits: digitsOf(trimmed) };
}

/** Digits after the point that are not trailing zeros. */
export function digitsOf(text: string): number {
  const point = text.indexOf(".");
  if (point < 0) return 0;
  let end = text.length;
  while (end > point + 1 && text.charCodeAt(end - 1) === 48) end -= 1;
  return end - point - 1;
}

/** `0.01` of 2 digits. */
export function stepOf(digits: number): string {
  return digits === 0 ? "1" : `0.${"0".repeat(digits - 1)}1`;
}

/**
 * Whole steps of a grid in a number that was read with so many digits. Exact: a double that came from a decimal of at most
 * 15 digits goes back to it by rounding.
 *
 * @throws BpError `grid/off-grid`, `grid/too-large`
 */
export function onGrid(value: number, digits: number, { text }: Pick<Grid, "text">): number {
  const places = Math.max(digits, digitsOf(text));
  const scale = 10 ** places;
  const whole = Math.round(value * scale);
  const step = Math.round(Number(text) * scale);
  if (Math.abs(whole) > 1e15) throw new BpError("grid/too-large", { value: String(value), step: text });
  if (whole % step !== 0) throw new BpError("grid/off-grid", { value: String(value), step: text });
  return whole / step;
}

/**
 * A moment in ms since 1970, from seconds, ms or µs.
 *
 * @returns `undefined` for what cannot be a moment after 2001
 */
export function momentOf(
  text: string | undefined,
): { readonly ms: number; readonly unit: "s" | "ms" | "µs" } | undefined {
  const value = Number(text?.trim().replaceAll('"', "") || Number.NaN);
  if (!Number.isFinite(value) || value < 1e9) return undefined;
  if (value < 1e11) return { ms: value * 1_000, unit: "s" };
  if (value < 1e14) return { ms: value, unit: "ms" };
  return value < 1e17 ? { ms: value / 1_000, unit: "µs" } : undefined;
}
