// Numbers of a table as they come: read as doubles, with the digits that they had, and put on a grid exactly.
import { BpError, type Grid } from "@bp/core";

/** Reads a plain decimal, in quotes or not; NaN for anything else, one with an exponent among it. */
export function readNumber(text: string | undefined): number {
  if (text === undefined) return Number.NaN;
  if (isPlain(text)) return Number(text);
  const trimmed = text.trim().replaceAll('"', "");
  return isPlain(trimmed) ? Number(trimmed) : Number.NaN;
}

/** `-?digits[.digits]`, also with nothing behind the point. */
function isPlain(text: string): boolean {
  let at = text.charCodeAt(0) === 45 ? 1 : 0;
  let digits = 0;
  let points = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code === 46 && digits > 0) points += 1;
    else return false;
  }
  return digits > 0 && points < 2;
}

/** Digits after the point that are not trailing zeros. */
export function digitsOf(text: string): number {
  const point = text.indexOf(".");
  if (point < 0) return 0;
  let end = text.length;
  while (end > point + 1 && !isOneToNine(text.charCodeAt(end - 1))) end -= 1;
  return end - point - 1;
}

const isOneToNine = (code: number) => code > 48 && code <= 57; // quotes and blanks are no digits

/** `0.01` of 2 digits. */
export function stepOf(digits: number): string {
  return digits === 0 ? "1" : `0.${"0".repeat(digits - 1)}1`;
}

/**
 * Whole steps of a grid in numbers that were read with so many digits. Exact: a double that came from a decimal of at most
 * 15 digits goes back to it by rounding.
 *
 * @returns what throws BpError `grid/off-grid`, `grid/too-large`
 */
export function onGrid(digits: number, { text }: Pick<Grid, "text">): (value: number) => number {
  const scale = 10 ** Math.max(digits, digitsOf(text));
  const step = Math.round(Number(text) * scale);
  return (value) => {
    const whole = Math.round(value * scale);
    if (Math.abs(whole) > 1e15) throw new BpError("grid/too-large", { value: String(value), step: text });
    if (whole % step !== 0) throw new BpError("grid/off-grid", { value: String(value), step: text });
    return whole / step;
  };
}

/** Units in which moments are written. */
export type TimeUnit = "s" | "ms" | "µs";

/** A moment in ms since 1970, from seconds, ms or µs; NaN for what cannot be a moment after 2001. */
export function momentOf(text: string | undefined): number {
  const value = readNumber(text);
  if (!(value >= 1e9 && value < 1e17)) return Number.NaN;
  return value < 1e11 ? value * 1_000 : value < 1e14 ? value : value / 1_000;
}

/** The unit in which a moment is written. */
export function unitOf(text: string | undefined): TimeUnit {
  const value = readNumber(text);
  return value < 1e11 ? "s" : value < 1e14 ? "ms" : "µs";
}
