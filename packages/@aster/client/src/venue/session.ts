// What runs while a venue of either service is open, over that service's connection.
import { type Session, type SessionOptions, startSession, type WatchedStreams } from "@bp/adapter";
import type { AsterConnection } from "../createCore.ts";
import type { StreamsOf } from "../streams/streams.ts";
import type { Depth } from "../wire/depth.ts";
import { type OrderEvent, orderFrameOf } from "./orderFrame.ts";

/** What differs between the services. */
export interface ServiceOptions extends Omit<SessionOptions<Depth>, "skew" | "warm" | "streams"> {
  readonly client: AsterConnection & { readonly streams: Pick<StreamsOf<unknown>, "watch" | "state"> };
  readonly accountMayBeUp: () => boolean;
}

/** What both services have while they are open. */
export interface ServiceSession extends Omit<Session, "heard"> {
  /** An order event of the account's stream. */
  readonly heard: (event: OrderEvent) => void;
}

/** Where a stream of the session is read. */
const sideOf = { market: "market", account: "user" } as const;

/** Opens what both services have. */
export function startService(options: ServiceOptions): ServiceSession {
  const { client } = options;
  const { skew, streams } = client;
  const watched: WatchedStreams = {
    watch: (stream, watcher) =>
      streams.watch(sideOf[stream], {
        ...watcher,
        state: (now, why) => {
          if (stream === "market" || now === "down" || options.accountMayBeUp()) watcher.state?.(now, why);
        },
      }),
    state: (stream) => streams.state(sideOf[stream]),
  };
  const session = startSession({ ...options, skew, warm: () => client.warm(), streams: watched });
  return { ...session, heard: (event) => session.heard(event.s, (market) => orderFrameOf(event, market)) };
}
