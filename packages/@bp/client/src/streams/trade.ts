// Stream `trade.<symbol>`: public trades.

import { decimal, id, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** A public trade. Times are µs, while REST tells ms. */
export const tradeUpdate = z.object({
  e: z.literal("trade"),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  t: id, // trade id, counting within the symbol; text, because it may be above 2^53
  p: decimal, // price
  q: decimal, // size, base
  m: z.boolean(), // the buyer rested: a sale took
  a: idOrNull, // order id of the seller
  b: idOrNull, // order id of the buyer
});
/** A public trade, as the stream tells it. */
export type TradeUpdate = z.infer<typeof tradeUpdate>;

/**
 * Each public trade of a market, liquidations among them.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Trade
 */
export function trade(symbol: string): Stream<TradeUpdate> {
  return { name: `trade.${symbol}`, private: false, quiet: true, data: tradeUpdate };
}
