// All streams of the venue by name.
import type { Feed, Stream } from "@bp/adapter";
import * as kinds from "./index.ts";
import type { StreamSides } from "./sides.ts";

type FeedOf<F> = F extends (...args: infer A) => Stream<infer T> ? (...args: A) => Feed<T> : never;

/** The streams of the venue by name: what each gives stands beside its schema. */
export interface Streams extends StreamSides {
  readonly depth: FeedOf<typeof kinds.depth>;
  readonly bookTicker: FeedOf<typeof kinds.bookTicker>;
  readonly trade: FeedOf<typeof kinds.trade>;
  readonly kline: FeedOf<typeof kinds.kline>;
  readonly ticker: FeedOf<typeof kinds.ticker>;
  readonly markPrice: FeedOf<typeof kinds.markPrice>;
  readonly openInterest: FeedOf<typeof kinds.openInterest>;
  readonly liquidations: FeedOf<typeof kinds.liquidations>;
  readonly orderUpdates: FeedOf<typeof kinds.orderUpdates>;
  readonly positionUpdates: FeedOf<typeof kinds.positionUpdates>;
  readonly balanceUpdates: FeedOf<typeof kinds.balanceUpdates>;
  readonly rfqUpdates: FeedOf<typeof kinds.rfqUpdates>;
}

/** Names for the streams of two connections. */
export function streamsOver(sides: StreamSides): Streams {
  const feed: StreamSides["feed"] = (stream) => sides.feed(stream);
  return {
    ...sides,
    depth: (symbol, period) => feed(kinds.depth(symbol, period)),
    bookTicker: (symbol) => feed(kinds.bookTicker(symbol)),
    trade: (symbol) => feed(kinds.trade(symbol)),
    kline: (symbol, interval) => feed(kinds.kline(symbol, interval)),
    ticker: (symbol) => feed(kinds.ticker(symbol)),
    markPrice: (symbol) => feed(kinds.markPrice(symbol)),
    openInterest: (symbol) => feed(kinds.openInterest(symbol)),
    liquidations: () => feed(kinds.liquidations()),
    orderUpdates: (symbol) => feed(kinds.orderUpdates(symbol)),
    positionUpdates: (symbol) => feed(kinds.positionUpdates(symbol)),
    balanceUpdates: () => feed(kinds.balanceUpdates()),
    rfqUpdates: (symbol) => feed(kinds.rfqUpdates(symbol)),
  };
}
