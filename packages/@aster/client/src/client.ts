// The client: both services, REST as groups of functions.
import type { Bound } from "@bp/adapter";
import { bind } from "./bind.ts";
import { type AsterConnection, createAsterCore } from "./createCore.ts";
import { withAgent, withHmac } from "./keys.ts";
import type { AsterOptions } from "./options.ts";
import type { AsterCallOptions } from "./rest/endpoint.ts";
import * as futuresAccount from "./rest/futures/account/index.ts";
import * as futuresMarket from "./rest/futures/market/index.ts";
import * as futuresStrategy from "./rest/futures/strategy/index.ts";
import * as futuresStream from "./rest/futures/stream/index.ts";
import * as futuresTrade from "./rest/futures/trade/index.ts";
import * as spotAccount from "./rest/spot/account/index.ts";
import * as spotMarket from "./rest/spot/market/index.ts";
import * as spotStream from "./rest/spot/stream/index.ts";
import * as spotTrade from "./rest/spot/trade/index.ts";
import type { KeySource } from "./sign.ts";
import { createFuturesStreams, createSpotStreams, type FuturesStreams, type SpotStreams } from "./streams/streams.ts";

/** REST of the futures in groups, each function `(params, { signal, timeoutMs })`. Decimals and ids stay text, names are the venue's. */
export interface FuturesRest {
  readonly market: Bound<typeof futuresMarket, AsterCallOptions>;
  readonly trade: Bound<typeof futuresTrade, AsterCallOptions>;
  readonly account: Bound<typeof futuresAccount, AsterCallOptions>;
  readonly strategy: Bound<typeof futuresStrategy, AsterCallOptions>;
  readonly stream: Bound<typeof futuresStream, AsterCallOptions>;
}

/** REST of the spot markets in groups. */
export interface SpotRest {
  readonly market: Bound<typeof spotMarket, AsterCallOptions>;
  readonly trade: Bound<typeof spotTrade, AsterCallOptions>;
  readonly account: Bound<typeof spotAccount, AsterCallOptions>;
  readonly stream: Bound<typeof spotStream, AsterCallOptions>;
}

/** The futures of one account, or their public data. */
export interface AsterFutures extends AsterConnection {
  readonly rest: FuturesRest;
  readonly streams: FuturesStreams;
}

/** The spot markets of one account, or their public data. */
export interface AsterSpot extends AsterConnection {
  readonly rest: SpotRest;
  readonly streams: SpotStreams;
}

/** A client of one account, or of public data alone. */
export interface Aster {
  readonly futures: AsterFutures;
  readonly spot: AsterSpot;
  /** Ends all connections of both services. */
  close(): Promise<void>;
}

/**
 * A client of Aster with everything in it: futures and spot. Where size matters, `createAsterCore` has only what is handed to it.
 *
 * @throws BpError `signing/bad-key`, `signing/key-mismatch` for a key that cannot sign; `config/invalid` for a URL or window that cannot be
 * @example
 * const aster = createAster({});
 * const book = await aster.futures.rest.market.depth({ symbol: "BTCUSDT", limit: 20 });
 */
export function createAster(options: AsterOptions = {}): Aster {
  const { key: _, ...rest } = options;
  const source = keySourceOf(options);
  const core = createAsterCore(source === undefined ? rest : { ...rest, key: source });
  const { futures, spot } = core;
  const futuresStreams = createFuturesStreams(futures);
  const spotStreams = createSpotStreams(spot);
  return {
    futures: {
      ...futures,
      rest: {
        market: bind(futures.call, futuresMarket),
        trade: bind(futures.call, futuresTrade),
        account: bind(futures.call, futuresAccount),
        strategy: bind(futures.call, futuresStrategy),
        stream: bind(futures.call, futuresStream),
      },
      streams: futuresStreams,
    },
    spot: {
      ...spot,
      rest: {
        market: bind(spot.call, spotMarket),
        trade: bind(spot.call, spotTrade),
        account: bind(spot.call, spotAccount),
        stream: bind(spot.call, spotStream),
      },
      streams: spotStreams,
    },
    close: async () => {
      futuresStreams.close();
      spotStreams.close();
      await core.close();
    },
  };
}

function keySourceOf({ key, recvWindowMs, signRawParams, nonces, secp256k1 }: AsterOptions): KeySource | undefined {
  if (key === undefined) return undefined;
  if ("apiKey" in key) return withHmac({ ...key, recvWindowMs });
  return withAgent({ ...key, signRawParams, nonces, secp256k1 });
}
