// Stream `bookTicker.<symbol>`: the touch.

import { decimalOrNull, id, type Stream } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** The best price of each side, null where a side is empty. */
export const bookTickerUpdate = z.object({
  e: z.literal("bookTicker"),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  a: decimalOrNull, // best ask
  A: decimalOrNull, // its size, base
  b: decimalOrNull, // best bid
  B: decimalOrNull, // its size, base
  u: id, // update id; the same sequence as depth, but it may come before the depth frame of that id
});
/** The touch of one market now: prices quote per base, sizes base. */
export type BookTickerUpdate = z.infer<typeof bookTickerUpdate>;

/**
 * The touch of a market, at each change.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Book-ticker
 */
export function bookTicker(symbol: string): Stream<BookTickerUpdate> {
  return { name: `bookTicker.${symbol}`, private: false, data: bookTickerUpdate };
}
