// Stream `openInterest.<symbol>`: how much is open in a market.

import { decimal, type Stream } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** Open interest of one market. */
export const openInterestUpdate = z.object({
  e: z.literal("openInterest"),
  E: microseconds.nullish(), // µs
  T: microseconds.nullish(), // engine time, µs; not in the documentation's example
  s: z.string(),
  o: decimal, // base
});
/** Open interest of one market now, base units. */
export type OpenInterestUpdate = z.infer<typeof openInterestUpdate>;

/**
 * Open interest of a market, every 60 s: silence in between is no fault.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Open-interest
 */
export function openInterest(symbol: string): Stream<OpenInterestUpdate> {
  return { name: `openInterest.${symbol}`, private: false, quiet: true, data: openInterestUpdate };
}
