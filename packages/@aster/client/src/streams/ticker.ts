// Streams `<symbol>@ticker` and `!ticker@arr`: the last 24 hours.
import { decimal, decimalOrNull, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { wholeOrNull } from "../wire/shapes.ts";
import { event, symbol, timeOrNull } from "./fields.ts";
import { nameOf, nameOfAll } from "./names.ts";

/** The last 24 hours. */
export const tickerUpdate = z.object({
  e: event,
  E: timeOrNull, // ms
  s: symbol,
  p: decimalOrNull, // change of the price, quote per base
  P: decimalOrNull, // the same, percent
  w: decimalOrNull, // price weighted by volume
  c: decimal, // last price, quote per base
  Q: decimalOrNull, // size of the last trade, base
  o: decimal, // price 24 hours ago
  h: decimal, // high
  l: decimal, // low
  v: decimal, // volume, base
  q: decimal, // volume, quote
  O: timeOrNull, // begins, ms
  C: timeOrNull, // ends, ms
  F: idOrNull, // id of the first trade
  L: idOrNull, // id of the last trade
  n: wholeOrNull, // trades
});
/** The last 24 hours of a market: prices quote per base, `v` base, `q` quote, `P` percent. */
export type TickerUpdate = z.infer<typeof tickerUpdate>;

/** Those that have changed. */
export const tickerUpdates = z.array(tickerUpdate);

/**
 * The last 24 hours of a market.
 *
 * @see https://docs.asterdex.com (ticker streams)
 */
export function ticker(market: string): Stream<TickerUpdate> {
  return { name: nameOf(market, "ticker"), private: false, quiet: true, data: tickerUpdate };
}

/** The same of all markets, each time those that have changed. */
export function allTickers(): Stream<TickerUpdate[]> {
  return { name: nameOfAll("ticker", "arr"), private: false, data: tickerUpdates };
}
