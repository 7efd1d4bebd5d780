// Every kind of market stream of each service, and feeds made of them.
import type { Feed, Stream } from "@bp/adapter";
import { aggTrade } from "./aggTrade.ts";
import { announcements } from "./announcement.ts";
import { allBookTickers, bookTicker } from "./bookTicker.ts";
import { depth, partialDepth, spotDepth, spotPartialDepth } from "./depth.ts";
import { allForceOrders, forceOrder } from "./forceOrder.ts";
import { kline } from "./kline.ts";
import { allMarkPrices, markPrice } from "./markPrice.ts";
import { allMiniTickers, miniTicker } from "./miniTicker.ts";
import { allTickers, ticker } from "./ticker.ts";
import { trade } from "./trade.ts";
import { tradepro } from "./tradepro.ts";

const both = {
  aggTrade,
  kline,
  miniTicker,
  allMiniTickers,
  ticker,
  allTickers,
  bookTicker,
  allBookTickers,
  tradepro,
  announcements,
};

/** Market streams of futures. */
export const futuresKinds = { ...both, depth, partialDepth, markPrice, allMarkPrices, forceOrder, allForceOrders };

/** Market streams of spot. */
export const spotKinds = { ...both, depth: spotDepth, partialDepth: spotPartialDepth, trade };

// Any function that makes a stream: what it takes is known where it is called.
type Kind = (...args: never[]) => Stream<unknown>;

/** The same functions, answering with something that can be read. */
export type FeedsOf<K extends Readonly<Record<string, Kind>>> = {
  readonly [N in keyof K]: K[N] extends (...args: infer A) => Stream<infer T> ? (...args: A) => Feed<T> : never;
};

/** Makes them. */
export function feedsOf<K extends Readonly<Record<string, Kind>>>(
  kinds: K,
  feed: <T>(stream: Stream<T>) => Feed<T>,
): FeedsOf<K> {
  const made = Object.entries(kinds).map(([name, kind]) => [name, (...args: never[]) => feed(kind(...args))]);
  return Object.fromEntries(made) as FeedsOf<K>; // each function above with `feed` around it
}
