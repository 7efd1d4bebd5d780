// Streams `<symbol>@miniTicker` and `!miniTicker@arr`: the last 24 hours in short.
import { decimal, type Stream } from "@bp/adapter";
import * as z from "zod";
import { event, symbol, timeOrNull } from "./fields.ts";
import { nameOf, nameOfAll } from "./names.ts";

/** The last 24 hours in short. */
export const miniTickerUpdate = z.object({
  e: event,
  E: timeOrNull, // ms
  s: symbol,
  c: decimal, // last price, quote per base
  o: decimal, // price 24 hours ago
  h: decimal, // high
  l: decimal, // low
  v: decimal, // volume, base
  q: decimal, // volume, quote
});
/** The last 24 hours of a market in short: prices quote per base, `v` base, `q` quote. */
export type MiniTickerUpdate = z.infer<typeof miniTickerUpdate>;

/** Those that have changed. */
export const miniTickerUpdates = z.array(miniTickerUpdate);

/**
 * The last 24 hours of a market in short.
 *
 * @see https://docs.asterdex.com (mini-ticker streams)
 */
export function miniTicker(market: string): Stream<MiniTickerUpdate> {
  return { name: nameOf(market, "miniTicker"), private: false, quiet: true, data: miniTickerUpdate };
}

/** The same of all markets, each time those that have changed. */
export function allMiniTickers(): Stream<MiniTickerUpdate[]> {
  return { name: nameOfAll("miniTicker", "arr"), private: false, data: miniTickerUpdates };
}
