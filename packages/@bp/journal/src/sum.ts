// Checksums: what SQLite's own look at its pages does not see is a flipped bit inside a text.
import { crc32 } from "node:zlib";
import type { Encoded } from "./codec.ts";

/** CRC-32 of a line with all that places it: a line that was moved is not whole either. 0 to 2^32 - 1. */
export function lineSum(run: string, seq: number, at: number, { dir, type, body }: Encoded): number {
  return crc32(`${run}\n${seq}\n${at}\n${dir}\n${type}\n${body}`);
}

/** CRC-32 of the values of a row, in order. */
export function rowSum(values: readonly unknown[]): number {
  return crc32(JSON.stringify(values));
}
