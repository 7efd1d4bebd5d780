// One socket to a venue, and the streams that are read from it.
import { BpError, type Clock } from "@bp/core";
import { createSocket, createSubscriptions, type Socket } from "@bp/transport";
import type { Dialect, Refused } from "./dialect.ts";
import type { Source } from "./feed.ts";
import { createFrames, type FrameCounts } from "./frames.ts";
import { createReaders } from "./readers.ts";
import type { Stream } from "./stream.ts";
import { createWatchers, type Watcher } from "./watchers.ts";

/** A source of frames with a state. */
export interface Connection extends Source {
  /** Hears of losses, returns, bad frames and refusals. Returns the way to stop. */
  watch(watcher: Watcher): () => void;
  readonly state: "up" | "down";
  readonly counts: FrameCounts;
  close(): void;
}

/** Where to connect and how to speak there. */
export interface ConnectionOptions {
  readonly url: string;
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly proxy?: string | undefined;
  /** With neither a frame nor a ping for so long the connection counts as dead, ms. */
  readonly silenceMs?: number;
  /** Age at which a connection is replaced by a new one, before the venue cuts it, ms. */
  readonly renewAfterMs?: number;
  /** Own messages the venue takes in a second. */
  readonly messagesPerSecond?: number;
  /** Streams in one request. */
  readonly perFrame?: number;
  /** What must be known before a connection makes sense: a promise to wait for, or `undefined` if it is known. It may not reject. */
  readonly beforeOpen?: (signal: AbortSignal) => Promise<void> | undefined;
  /** The venue refused something; watchers have been told. */
  readonly onRefused?: (refused: Refused, reconnect: (why: string) => void) => void;
  /** A stream delivers. Called for each frame. */
  readonly onHeard?: () => void;
}

/** How long a stream may take to deliver for the first time, ms. */
const silentMs = 15_000;

/** A connection that opens when the first stream is wanted and closes when none is. */
export function createConnection(options: ConnectionOptions): Connection {
  const { url, dialect, clock, proxy, beforeOpen, onRefused, onHeard } = options;
  const { silenceMs, renewAfterMs, messagesPerSecond, perFrame } = options;
  const watchers = createWatchers();
  let socket: Socket | undefined;
  let ended = new AbortController();
  const fresh: Stream<unknown>[] = [];

  const subscriptions = createSubscriptions({
    subscribe: (names, id) => dialect.subscribe(names, id),
    unsubscribe: (names, id) => dialect.unsubscribe(names, id),
    clock,
    silentMs,
    ...(messagesPerSecond === undefined ? {} : { messagesPerSecond }),
    ...(perFrame === undefined ? {} : { perFrame }),
    onSilent: ({ topics, why }) =>
      watchers.trouble(new BpError("transport/silent", { subject: `${topics.join(", ")} (${why})`, ms: silentMs })),
  });

  const open = () => {
    if (socket !== undefined) return;
    ended = new AbortController();
    socket = createSocket({
      url,
      clock,
      ...(proxy === undefined ? {} : { proxy }),
      ...(silenceMs === undefined ? {} : { silenceMs }),
      ...(renewAfterMs === undefined ? {} : { renewAfterMs }),
      onOpen: (send) => subscriptions.opened(send),
      onMessage: (data) => frames.receive(data),
      onState: (state, why) => {
        if (state === "down") subscriptions.lost();
        watchers.state(state, why);
      },
    });
  };
  const openWhenReady = () => {
    const { signal } = ended;
    const wait = socket === undefined ? beforeOpen?.(signal) : undefined;
    if (wait === undefined) return open();
    const go = () => {
      if (!signal.aborted) open();
    };
    wait.then(go, go);
  };
  const hangUp = () => {
    ended.abort();
    ended = new AbortController();
    subscriptions.lost();
    socket?.close();
    socket = undefined;
  };

  /** Asks for all streams that were wanted in this turn at once: venues count messages, not streams. */
  const ask = () => {
    const some = fresh.splice(0).filter((stream) => readers.routes.byName(stream.name)?.stream === stream);
    // An account may rest, and so may a small market's trades: only what must speak is missed.
    const isQuiet = (stream: Stream<unknown>) => stream.private || stream.quiet === true;
    subscriptions.add(some.filter(isQuiet).map(nameOf), "quiet");
    subscriptions.add(some.filter((stream) => !isQuiet(stream)).map(nameOf));
  };
  const readers = createReaders({
    first: (stream) => {
      if (fresh.push(stream) === 1) queueMicrotask(ask);
    },
    wanted: openWhenReady,
    last: (name) => {
      subscriptions.remove([name]);
      if (readers.routes.size === 0) hangUp();
    },
  });
  const refused = (refusal: Refused) => {
    const { id, code, message } = refusal;
    const error = new BpError("venue/refused", { venue: dialect.venue, status: 0, code, message });
    watchers.trouble(error);
    subscriptions.refused(error.message, id);
    const doubted = socket;
    onRefused?.(refusal, (why) => {
      if (doubted !== undefined && socket === doubted) doubted.reconnect(why);
    });
  };
  const frames = createFrames({
    dialect,
    routes: readers.routes,
    clock,
    heard: (name) => {
      subscriptions.heard(name);
      onHeard?.();
    },
    reply: (reply) => {
      if (reply.kind === "refused") refused(reply);
      else if (reply.id !== undefined) subscriptions.acknowledged(reply.id);
    },
    trouble: (error) => watchers.trouble(error),
  });

  return {
    on: (stream, listener) => readers.on(stream, listener),
    onBytes: (stream, listener) => readers.onBytes(stream, listener),
    watch: (watcher) => watchers.watch(watcher),
    get state() {
      return socket?.state ?? "down";
    },
    get counts() {
      return frames.counts;
    },
    close: () => {
      hangUp();
      subscriptions.close();
      for (const route of readers.routes.all()) readers.routes.remove(route);
    },
  };
}

const nameOf = (stream: Stream<unknown>): string => stream.name;
