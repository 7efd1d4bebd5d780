// Stream `kline.<interval>.<symbol>`: candles.

import { decimal, decimalOrNull, type Stream, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { KlineInterval } from "../rest/markets/klines.ts";
import { microseconds } from "../wire/time.ts";

/** A candle as far as it has come. Prices are null while nothing traded and may have padded zeros. */
export const klineUpdate = z.object({
  e: z.literal("kline"),
  E: microseconds.nullish(), // µs
  s: z.string(),
  t: z.union([z.string(), z.number()]).transform(String), // start, UTC without a zone. Not the engine time
  T: z.union([z.string(), z.number()]).transform(String), // close, the same form
  o: decimalOrNull,
  c: decimalOrNull,
  h: decimalOrNull,
  l: decimalOrNull,
  v: decimal, // base
  n: wholeNumber.nullish(), // trades
  X: z.boolean(), // closed: this is its last frame
});
/** A candle in the making; `X` says that it is closed. */
export type KlineUpdate = z.infer<typeof klineUpdate>;

/**
 * The candles of a market, at most once a second, and once more at the close.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/K-line
 */
export function kline(symbol: string, interval: KlineInterval): Stream<KlineUpdate> {
  return { name: `kline.${interval}.${symbol}`, private: false, data: klineUpdate };
}
