// Numbers of files as they were written: a double may hold less than its digits say.
import { Big } from "@bp/core";

/** The number where a double holds all of it, else its text: `0.1` is a number, `10.12345678901234567890` text. */
export function exactly(value: number, source: string): number | string {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(source) || source.length > 400) return value;
  return new Big(String(value)).eq(source.replace(/^\+/, "")) ? value : source;
}
