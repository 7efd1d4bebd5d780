// All streams of a service: what everybody may read, and what happens to the account.
import {
  type Connection,
  createFeed,
  type Feed,
  type FrameCounts,
  type Stream,
  spread,
  type Watcher,
} from "@bp/adapter";
import { BpError } from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import * as futuresKey from "../rest/futures/stream/index.ts";
import * as spotKey from "../rest/spot/stream/index.ts";
import { type FeedsOf, feedsOf, futuresKinds, spotKinds } from "./kinds.ts";
import { limitsOf } from "./limits.ts";
import { connectMarket } from "./market.ts";
import type { Service } from "./names.ts";
import { createUserConnection } from "./user/connection.ts";
import { type FuturesUserEvent, futuresUser } from "./user/futures.ts";
import type { ListenKeys } from "./user/listenKey.ts";
import { type SpotUserEvent, spotUser } from "./user/spot.ts";

/** Which connections: those of market data, or that of the account. */
export type Side = "market" | "user";

/** What streams of both services have. */
export interface StreamsOf<Event> {
  /**
   * What happens to the account. Each event is checked and has its name in `e`; what is not known comes as `e: "unknown"`. Events may
   * come late, twice or not at all: order them by `E` and `T`, and compare with REST after each `up` of `watch("user", ...)`.
   */
  user(): Feed<Event>;
  /** A stream that has no function of its own here. */
  feed<T>(stream: Stream<T>): Feed<T>;
  /** Hears of losses, returns, bad frames, refusals and silence. Returns the way to stop. */
  watch(side: Side, watcher: Watcher): () => void;
  state(side: Side): "up" | "down";
  counts(side: Side): FrameCounts;
  close(): void;
}

/** The streams of Aster futures. Connections open when the first of their streams is read. */
export type FuturesStreams = FeedsOf<typeof futuresKinds> & StreamsOf<FuturesUserEvent>;
/** The streams of Aster spot. */
export type SpotStreams = FeedsOf<typeof spotKinds> & StreamsOf<SpotUserEvent>;

/** What streams need of a connection. */
export type StreamsConnection = Pick<AsterConnection, "wsUrl" | "socketProxy" | "clock" | "signs" | "call">;

/** Streams of futures; without a key of an account there is no `user`. */
export function createFuturesStreams(connection: StreamsConnection): FuturesStreams {
  const listenKeys = listenKeysOver(connection, futuresKey.createListenKey, futuresKey.keepListenKey);
  const { feed, rest } = createBoth("futures", futuresUser(), connection, listenKeys);
  return { ...feedsOf(futuresKinds, feed), ...rest };
}

/** Streams of spot; without a key of an account there is no `user`. */
export function createSpotStreams(connection: StreamsConnection): SpotStreams {
  const listenKeys = listenKeysOver(connection, spotKey.createListenKey, spotKey.keepListenKey);
  const { feed, rest } = createBoth("spot", spotUser(), connection, listenKeys);
  return { ...feedsOf(spotKinds, feed), ...rest };
}

function listenKeysOver(
  { call, signs }: StreamsConnection,
  create: typeof futuresKey.createListenKey,
  keep: typeof futuresKey.keepListenKey,
): ListenKeys | undefined {
  if (signs === undefined) return undefined;
  return {
    create: (signal) => call(create, undefined, { signal }),
    keepAlive: (listenKey, signal) => call(keep, { listenKey }, { signal }),
  };
}

function createBoth<Event>(
  service: Service,
  userStream: Stream<Event>,
  connection: StreamsConnection,
  listenKeys: ListenKeys | undefined,
) {
  const { clock, socketProxy, wsUrl } = connection;
  const proxy = socketProxy?.reveal();
  const url = wsUrl.replace(/\/+$/, "");
  const { most } = limitsOf(service);
  const market = spread({ most, connect: () => connectMarket({ ...connection, service }) });
  const account =
    listenKeys === undefined ? undefined : createUserConnection({ service, url, clock, proxy, listenKeys });
  const user = (): Connection => {
    if (account !== undefined) return account;
    const expected = "a key, because the account's stream is private";
    throw new BpError("config/invalid", { path: "key", found: "none", expected });
  };
  const of = (side: Side) => (side === "user" ? user() : market);
  const feed = <T>(stream: Stream<T>): Feed<T> => createFeed(() => of(stream.private ? "user" : "market"), stream);
  const rest: StreamsOf<Event> = {
    user: () => feed(userStream),
    feed,
    watch: (side, watcher) => of(side).watch(watcher),
    state: (side) => of(side).state,
    counts: (side) => of(side).counts,
    close: () => {
      market.close();
      account?.close();
    },
  };
  return { feed, rest };
}
