// The venue's many clocks, brought to milliseconds.
import { BpError, type Millis, millis } from "@bp/core";
import * as z from "zod";

/** Epoch microseconds, about 1.8e15: `E` and `T` of the streams, `timestamp` of the REST book. */
export const microseconds = z.number().int();

/** Epoch milliseconds. */
export const milliseconds = z.number().int();

/** Date and time in UTC without a zone, `2026-09-01T17:54:04.094`: everything under `/wapi/v1/history`. */
export const utcText = z.string();

/** Microseconds to milliseconds, rounded down. */
export function fromMicros(value: number): Millis {
  return millis(Math.floor(value / 1000));
}

/** Milliseconds, also where the venue was seen to write microseconds (mark price `n`, open interest). */
export function fromMillisOrMicros(value: number): Millis {
  return millis(value > 1e14 ? Math.floor(value / 1000) : value);
}

/**
 * Reads a UTC time without a zone, with `T` or a space (klines), fraction of 0 to 9 digits.
 * `Date.parse` alone would take it for local time.
 *
 * @throws BpError `wire/schema`
 */
export function fromUtcText(text: string): Millis {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  const value =
    match === null
      ? Number.NaN
      : Date.parse(`${match[1]}T${match[2]}${(match[3] ?? "").slice(0, 4)}${match[4] ?? "Z"}`);
  if (Number.isNaN(value))
    throw new BpError("wire/schema", { what: "a time", path: "", expected: "2026-09-01T17:54:04.094", raw: text });
  return millis(value);
}
