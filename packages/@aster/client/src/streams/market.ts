// Market data of a service over one connection.
import {
  type Connection,
  createConnection,
  createFeed,
  type Feed,
  type FrameCounts,
  type Stream,
  type Watcher,
} from "@bp/adapter";
import { BpError } from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import { dialectOf } from "./dialect.ts";
import { limitsOf } from "./limits.ts";

/** Streams that everybody may read, each handed over as data: a bundle has only those. */
export interface MarketStreams {
  /** @throws BpError `config/invalid` for a stream of the account, when it is read */
  feed<T>(stream: Stream<T>): Feed<T>;
  /** Hears of losses, returns, bad frames, refusals and silence. Returns the way to stop. */
  watch(watcher: Watcher): () => void;
  readonly state: "up" | "down";
  readonly counts: FrameCounts;
  close(): void;
}

/** What market data needs of a connection. */
export type MarketConnection = Pick<AsterConnection, "service" | "wsUrl" | "socketProxy" | "clock">;

/**
 * Market streams without those of the account, on one connection: at most 200 of futures, 1,024 of spot. The venue refuses more, which
 * watchers hear; `createFuturesStreams` and `createSpotStreams` spread them over several.
 *
 * @example
 * import { createAsterCore } from "@aster/client/core";
 * import { createMarketStreams, depth } from "@aster/client/streams";
 * const { futures } = createAsterCore();
 * const streams = createMarketStreams(futures);
 * streams.feed(depth("BTCUSDT", "100ms")).onBytes(follower.frame);
 */
export function createMarketStreams(connection: MarketConnection): MarketStreams {
  const market = connectMarket(connection);
  return {
    feed: (stream) =>
      createFeed(() => {
        if (!stream.private) return market;
        const expected = "a stream of market data; createFuturesStreams and createSpotStreams read the account's too";
        throw new BpError("config/invalid", { path: "stream", found: stream.name, expected });
      }, stream),
    watch: (watcher) => market.watch(watcher),
    get state() {
      return market.state;
    },
    get counts() {
      return market.counts;
    },
    close: () => market.close(),
  };
}

/** One connection; it opens when its first stream is read. */
export function connectMarket({ service, wsUrl, clock, socketProxy }: MarketConnection): Connection {
  const { most: _, ...limits } = limitsOf(service);
  const url = `${wsUrl.replace(/\/+$/, "")}/stream`;
  return createConnection({ url, dialect: dialectOf(service), clock, proxy: socketProxy?.reveal(), ...limits });
}
