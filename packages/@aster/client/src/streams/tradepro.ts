// Stream `<symbol>@tradepro`: public trades with the parties' addresses.
import { decimal, id, type Stream } from "@bp/adapter";
import * as z from "zod";
import { wordOrNull } from "../wire/enums.ts";
import { event, symbol, time, timeOrNull } from "./fields.ts";
import { nameOf } from "./names.ts";

/** A public trade and who made it. */
export const tradeproUpdate = z.object({
  e: event,
  E: timeOrNull, // ms
  T: time, // when it was traded, ms
  s: symbol,
  t: id, // trade id
  p: decimal, // price, quote per base
  q: decimal, // size, base
  h: wordOrNull, // hash of the transaction
  m: z.array(z.string()).nullish(), // address of the taker, of the maker; "hidden" where they do not want to be known
});
/** A public trade with its transaction and the addresses of taker and maker. */
export type TradeproUpdate = z.infer<typeof tradeproUpdate>;

/**
 * Public trades of a market with the parties' addresses.
 *
 * @see https://docs.asterdex.com (tradepro)
 */
export function tradepro(market: string): Stream<TradeproUpdate> {
  return { name: nameOf(market, "tradepro"), private: false, quiet: true, data: tradeproUpdate };
}
