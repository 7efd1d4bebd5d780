// Percentages that look as if a fraction was meant.
import { Big } from "@bp/core";
import type { Reader } from "./reader.ts";

/**
 * Tells of both readings of a percentage that is smaller than anybody wants it, and would be usual as a fraction.
 *
 * @param percent - as it was read, and as it stays
 * @param below - what is less makes doubtful; 0 is never doubted
 * @param to - path in the configuration
 */
export function doubtFraction(read: Reader, path: string, percent: string, below: string, to: string): void {
  if (!read.has(path) || new Big(percent).gte(below) || new Big(percent).eq(0)) return;
  const meant = new Big(percent).times(100).toFixed();
  read.note(
    path,
    "mapped",
    `it is ${percent} %; did you mean ${meant}? As a fraction ${percent} would be ${meant} %`,
    to,
  );
}
