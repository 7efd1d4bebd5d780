// Stream `<symbol>@trade`, spot alone: public trades one by one.
import { decimal, id, type Stream } from "@bp/adapter";
import * as z from "zod";
import { event, symbol, time, timeOrNull } from "./fields.ts";
import { nameOf } from "./names.ts";

/** A public trade. */
export const tradeUpdate = z.object({
  e: event,
  E: timeOrNull, // ms
  s: symbol,
  t: id, // counting within the symbol
  p: decimal, // price, quote per base
  q: decimal, // size, base
  T: time, // when it was traded, ms
  m: z.boolean(), // the buyer rested: a sale took
});
/** A public trade; `p` quote per base, `q` base. Its id is text: it may be above 2^53. */
export type TradeUpdate = z.infer<typeof tradeUpdate>;

/**
 * Each public trade of a spot market. Futures have no such stream.
 *
 * @see https://docs.asterdex.com (trade streams, spot)
 */
export function trade(market: string): Stream<TradeUpdate> {
  return { name: nameOf(market, "trade"), private: false, quiet: true, data: tradeUpdate };
}
