// Streams `<symbol>@markPrice` and `!markPrice@arr`, futures alone.
import { decimal, decimalOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { event, symbol, time, timeOrNull } from "./fields.ts";
import { nameOf, nameOfAll } from "./names.ts";

/** Mark, index and funding of a perpetual. */
export const markPriceUpdate = z.object({
  e: event,
  E: time, // ms
  s: symbol,
  p: decimal, // mark price, quote per base
  i: decimalOrNull, // index price
  P: decimalOrNull, // estimated settlement price; means something in the last hour before a settlement
  r: decimalOrNull, // funding rate, a fraction per interval; positive: longs pay
  T: timeOrNull, // next funding, ms
});
/** Mark, index and funding: prices quote per base, the rate a fraction per interval. */
export type MarkPriceUpdate = z.infer<typeof markPriceUpdate>;

/** All perpetuals at once. */
export const markPriceUpdates = z.array(markPriceUpdate);

/** Every 3 s if left out. */
export type MarkPriceSpeed = "1s";

/**
 * Mark price, index price and funding of a perpetual.
 *
 * @see https://docs.asterdex.com (mark price stream)
 */
export function markPrice(market: string, speed?: MarkPriceSpeed): Stream<MarkPriceUpdate> {
  return { name: nameOf(market, "markPrice", speed), private: false, data: markPriceUpdate };
}

/** The same of all perpetuals. */
export function allMarkPrices(speed?: MarkPriceSpeed): Stream<MarkPriceUpdate[]> {
  return { name: nameOfAll("markPrice", "arr", speed), private: false, data: markPriceUpdates };
}
