// Stream `<symbol>@aggTrade`: trades of one taker at one price and moment, put together.
import { decimal, id, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { event, symbol, time, timeOrNull } from "./fields.ts";
import { nameOf } from "./names.ts";

/** Trades put together. Every 100 ms on futures, at once on spot. */
export const aggTradeUpdate = z.object({
  e: event,
  E: timeOrNull, // when it left the venue, ms
  s: symbol,
  a: id, // counting within the symbol
  p: decimal, // price, quote per base
  q: decimal, // size, base
  f: idOrNull, // id of the first trade in it
  l: idOrNull, // id of the last one
  T: time, // when it was traded, ms
  m: z.boolean(), // the buyer rested: a sale took
});
/** Trades of one taker at one price and moment; `p` quote per base, `q` base. Ids are text: they may be above 2^53. */
export type AggTradeUpdate = z.infer<typeof aggTradeUpdate>;

/**
 * Aggregated trades of a market.
 *
 * @see https://docs.asterdex.com (aggregate trade streams)
 */
export function aggTrade(market: string): Stream<AggTradeUpdate> {
  return { name: nameOf(market, "aggTrade"), private: false, quiet: true, data: aggTradeUpdate };
}
