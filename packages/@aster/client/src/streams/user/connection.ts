// The account's connection: asks for the key, connects with it, and does both again after each loss.
import { background, type Connection, createFrames, createReaders, createWatchers } from "@bp/adapter";
import { type BpError, type Clock, isBpError } from "@bp/core";
import type { Service } from "../names.ts";
import { userDialect } from "./dialect.ts";
import { type ListenKeys, withoutKey } from "./listenKey.ts";
import { type EndSession, type SessionEnd, startSession } from "./session.ts";

/** Whose events, and from where. */
export interface UserConnectionOptions {
  readonly service: Service;
  /** `wss://host`. */
  readonly url: string;
  readonly clock: Clock;
  readonly proxy?: string | undefined;
  readonly listenKeys: ListenKeys;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** A connection that opens when somebody reads the account's stream and closes when nobody does. The key is in no error of it. */
export function createUserConnection(options: UserConnectionOptions): Connection {
  const { service, url, clock, proxy, listenKeys } = options;
  const watchers = createWatchers();
  let listenKey = "";
  let state: "up" | "down" = "down";
  let life: AbortController | undefined;
  let end: EndSession | undefined;

  const trouble = (error: BpError) => watchers.trouble(withoutKey(error, listenKey));
  const tell = (now: "up" | "down", why: string) => {
    state = now;
    watchers.state(now, listenKey === "" ? why : why.replaceAll(listenKey, "[listen key]"));
  };
  const start = () => {
    if (life !== undefined) return;
    life = new AbortController();
    const { signal } = life;
    background(() => run(signal));
  };
  const stop = () => {
    life?.abort();
    life = undefined;
    end?.("nobody reads");
    end = undefined;
    state = "down";
  };
  const readers = createReaders({
    first: () => undefined,
    wanted: start,
    last: () => {
      if (readers.routes.size === 0) stop();
    },
  });
  const frames = createFrames({
    dialect: userDialect(service, () => end?.("the listen key has expired", "expired")),
    routes: readers.routes,
    clock,
    heard: () => undefined,
    reply: () => undefined,
    trouble,
  });

  /** A session from its key to its end. */
  const session = async (signal: AbortSignal): Promise<SessionEnd> => {
    try {
      ({ listenKey } = await listenKeys.create(signal));
    } catch (error) {
      if (!isBpError(error)) throw error;
      if (!signal.aborted) trouble(error);
      return { why: `no listen key: ${error.message}`, expired: false, upAt: undefined };
    }
    if (signal.aborted) return { why: "nobody reads", expired: false, upAt: undefined };
    return new Promise((resolve) => {
      end = startSession({
        service,
        url,
        clock,
        proxy,
        listenKeys,
        listenKey,
        heard: () => frames.counts.frames,
        receive: (data) => frames.receive(data),
        up: (why) => tell("up", why),
        trouble,
        ended: resolve,
      });
    });
  };
  const run = async (signal: AbortSignal) => {
    for (let failures = 0; ; failures += 1) {
      const { why, expired, upAt } = await session(signal);
      if (signal.aborted) return;
      tell("down", why);
      if (upAt !== undefined && clock.now() - upAt > longestPauseMs) failures = 0;
      if (expired && failures === 0) continue;
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10));
      await clock.sleep(pauseMs * (0.8 + 0.4 * Math.random()), signal);
      if (signal.aborted) return;
    }
  };

  return {
    on: (stream, listener) => readers.on(stream, listener),
    onBytes: (stream, listener) => readers.onBytes(stream, listener),
    watch: (watcher) => watchers.watch(watcher),
    get state() {
      return state;
    },
    get counts() {
      return frames.counts;
    },
    close: () => {
      stop();
      for (const route of readers.routes.all()) readers.routes.remove(route);
    },
  };
}
