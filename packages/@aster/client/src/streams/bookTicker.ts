// Streams `<symbol>@bookTicker` and `!bookTicker`: the touch.
import { decimal, type Stream, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { event, symbol, timeOrNull } from "./fields.ts";
import { nameOf, nameOfAll } from "./names.ts";

/** The best price of each side. Spot was seen without `e`, `E` and `T`. */
export const bookTickerUpdate = z.object({
  e: event,
  u: wholeNumber, // update id, in the sequence of the depth stream
  E: timeOrNull, // ms
  T: timeOrNull, // engine time, ms
  s: symbol,
  b: decimal, // best bid, quote per base
  B: decimal, // its size, base
  a: decimal, // best ask
  A: decimal, // its size
});
/** The touch of one market now: prices quote per base, sizes base. */
export type BookTickerUpdate = z.infer<typeof bookTickerUpdate>;

/**
 * The touch of a market, at each change.
 *
 * @see https://docs.asterdex.com (book ticker streams)
 */
export function bookTicker(market: string): Stream<BookTickerUpdate> {
  return { name: nameOf(market, "bookTicker"), private: false, quiet: true, data: bookTickerUpdate };
}

/** The same of all markets, one a frame. */
export function allBookTickers(): Stream<BookTickerUpdate> {
  return { name: nameOfAll("bookTicker"), private: false, data: bookTickerUpdate };
}
