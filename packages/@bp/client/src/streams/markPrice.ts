// Stream `markPrice.<symbol>`: mark, index and the funding to come.

import { decimal, decimalOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** Mark and index, quote per base, and the funding to come. Prediction markets have neither index nor funding. */
export const markPriceUpdate = z.object({
  e: z.literal("markPrice"),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  p: decimal, // mark
  i: decimalOrNull, // index
  f: decimalOrNull, // funding rate, fraction per interval, an estimate; positive: longs pay
  n: z.number().nullish(), // next funding, ms
});
/** Mark, index and estimated funding of one market now. */
export type MarkPriceUpdate = z.infer<typeof markPriceUpdate>;

/**
 * Mark price of a perpetual, about once a second.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Mark-price
 */
export function markPrice(symbol: string): Stream<MarkPriceUpdate> {
  return { name: `markPrice.${symbol}`, private: false, data: markPriceUpdate };
}
