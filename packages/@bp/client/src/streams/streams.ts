// All streams of the venue over two connections: what everybody may read, and what only the account may.

import { createFeed, type Feed, type Stream } from "@bp/adapter";
import { BpError } from "@bp/core";
import { balanceUpdates } from "./balanceUpdate.ts";
import { bookTicker } from "./bookTicker.ts";
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  type FrameCounts,
  type Watcher,
} from "./connection.ts";
import { depth } from "./depth.ts";
import { kline } from "./kline.ts";
import { markPrice } from "./markPrice.ts";
import { orderUpdates } from "./orderUpdate.ts";
import { positionUpdates } from "./positionUpdate.ts";
import { ticker } from "./ticker.ts";
import { trade } from "./trade.ts";

/** One of the two connections. */
export type Side = "public" | "private";

type FeedOf<F> = F extends (...args: infer A) => Stream<infer T> ? (...args: A) => Feed<T> : never;

/**
 * The streams of the venue. A connection opens when its first stream is read; what is read is asked for again after
 * each loss.
 */
export interface Streams {
  readonly depth: FeedOf<typeof depth>;
  readonly bookTicker: FeedOf<typeof bookTicker>;
  readonly trade: FeedOf<typeof trade>;
  readonly kline: FeedOf<typeof kline>;
  readonly ticker: FeedOf<typeof ticker>;
  readonly markPrice: FeedOf<typeof markPrice>;
  readonly orderUpdates: FeedOf<typeof orderUpdates>;
  readonly positionUpdates: FeedOf<typeof positionUpdates>;
  readonly balanceUpdates: FeedOf<typeof balanceUpdates>;
  /** A stream that has no function of its own here. */
  feed<T>(stream: Stream<T>): Feed<T>;
  /** Hears of losses, returns, bad frames and refusals of a connection. Returns the way to stop. */
  watch(side: Side, watcher: Watcher): () => void;
  state(side: Side): "up" | "down";
  counts(side: Side): FrameCounts;
  close(): void;
}

/** Makes both connections; each opens when the first of its streams is read. */
export function createStreams(options: ConnectionOptions): Streams {
  const open: Connection = createConnection({ ...options, signer: undefined });
  const own = options.signer === undefined ? undefined : createConnection(options);
  const connectionOf = (isPrivate: boolean): Connection => {
    if (!isPrivate) return open;
    if (own === undefined)
      throw new BpError("config/invalid", {
        path: "key",
        found: "none",
        expected: "an API key, because account streams are private",
      });
    return own;
  };
  const feed = <T>(stream: Stream<T>) => createFeed(() => connectionOf(stream.private), stream);
  return {
    depth: (symbol, period) => feed(depth(symbol, period)),
    bookTicker: (symbol) => feed(bookTicker(symbol)),
    trade: (symbol) => feed(trade(symbol)),
    kline: (symbol, interval) => feed(kline(symbol, interval)),
    ticker: (symbol) => feed(ticker(symbol)),
    markPrice: (symbol) => feed(markPrice(symbol)),
    orderUpdates: (symbol) => feed(orderUpdates(symbol)),
    positionUpdates: (symbol) => feed(positionUpdates(symbol)),
    balanceUpdates: () => feed(balanceUpdates()),
    feed,
    watch: (side, watcher) => connectionOf(side === "private").watch(watcher),
    state: (side) => connectionOf(side === "private").state,
    counts: (side) => connectionOf(side === "private").counts,
    close: () => {
      open.close();
      own?.close();
    },
  };
}
