// Stream `ticker.<symbol>`: the last 24 hours.

import { decimal, decimalOrNull, type Stream, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** Rolling figures of 24 hours. Prices are null while nothing traded. */
export const tickerUpdate = z.object({
  e: z.literal("ticker"),
  E: microseconds.nullish(), // µs
  s: z.string(),
  o: decimalOrNull, // first price
  c: decimalOrNull, // last price
  h: decimalOrNull,
  l: decimalOrNull,
  v: decimal, // base
  V: decimal, // quote
  n: wholeNumber.nullish(), // trades
});
/** Rolling figures of one market, as the stream tells them. */
export type TickerUpdate = z.infer<typeof tickerUpdate>;

/**
 * Rolling figures of 24 hours, once a second.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Ticker
 */
export function ticker(symbol: string): Stream<TickerUpdate> {
  return { name: `ticker.${symbol}`, private: false, data: tickerUpdate };
}
