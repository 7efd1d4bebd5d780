// One socket to the venue, public or private, and the streams that are read from it.

import { createRoutes, jsonOf, type Listener, notJson, type Stream, schemaError } from "@bp/adapter";
import { BpError, type Clock, type Millis } from "@bp/core";
import { canonical, type Ed25519Key } from "@bp/signing";
import { createSocket, createSubscriptions, type Skew, type Socket } from "@bp/transport";
import { venueName } from "../failure.ts";
import { findStream, type NamePlace } from "../wire/envelope.ts";
import { errorFrame } from "../wire/error.ts";

/** Hears what goes on beside the messages. */
export interface Watcher {
  /** The connection stands and everything was asked for, or it is gone. */
  readonly state?: (state: "up" | "down", why: string) => void;
  /** A frame that could not be read, an error frame, a stream that stays silent. */
  readonly trouble?: (error: BpError) => void;
}

/** Since the start of the connection. */
export interface FrameCounts {
  readonly frames: number;
  /** Not JSON, or not what its schema says. */
  readonly bad: number;
  /** Of streams that nobody reads any more. */
  readonly stray: number;
}

export interface Connection {
  /** Reads a stream as checked objects. Returns the way to stop. */
  on<T>(stream: Stream<T>, listener: Listener<T>): () => void;
  /** Reads a stream as the bytes of whole frames, valid until the listener returns. Returns the way to stop. */
  onBytes(stream: Stream<unknown>, listener: Listener<Uint8Array>): () => void;
  watch(watcher: Watcher): () => void;
  readonly state: "up" | "down";
  readonly counts: FrameCounts;
  close(): void;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Given for the private connection. */
  readonly signer: { readonly key: Ed25519Key; readonly skew: Skew; readonly windowMs: number } | undefined;
  readonly proxy: string | undefined;
}

interface Route {
  readonly name: string;
  readonly stream: Stream<unknown>;
  objects: readonly Listener<unknown>[];
  bytes: readonly Listener<Uint8Array>[];
}

/** A connection that opens when the first stream is wanted and closes when none is. */
export function createConnection({ url, clock, signer, proxy }: ConnectionOptions): Connection {
  const routes = createRoutes<Route>();
  const watchers = new Set<Watcher>();
  const place: NamePlace = { from: 0, to: 0 };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let frames = 0;
  let bad = 0;
  let stray = 0;
  let socket: Socket | undefined;
  let ended = new AbortController();

  const tell = (error: BpError) => {
    for (const watcher of watchers) watcher.trouble?.(error);
  };
  const badFrame = (error: BpError) => {
    bad += 1;
    tell(error);
  };
  const repair = signer === undefined ? undefined : repairSignature(signer.skew, clock, () => socket);

  const subscriptions = createSubscriptions({
    subscribe: (params) => JSON.stringify({ method: "SUBSCRIBE", params, ...signatureOf(signer) }),
    unsubscribe: (params) => JSON.stringify({ method: "UNSUBSCRIBE", params }),
    clock,
    onSilent: ({ topics, why }) =>
      tell(new BpError("transport/silent", { subject: `${topics.join(", ")} (${why})`, ms: 15_000 })),
  });

  const deliver = (route: Route, bytes: Uint8Array, at: Millis, parsed?: unknown) => {
    subscriptions.heard(route.name);
    repair?.worked();
    for (const listener of route.bytes) listener(bytes, at);
    if (route.objects.length === 0) return;
    const value = parsed ?? jsonOf(decoder.decode(bytes));
    const what = `frame of ${route.name}`;
    if (value === undefined) return badFrame(notJson(what, decoder.decode(bytes)));
    const { data } = value as { readonly data?: unknown }; // a frame with a route has an object around it
    const result = route.stream.data.safeParse(data);
    if (!result.success) return badFrame(schemaError(what, result.error, data));
    for (const listener of route.objects) listener(result.data, at);
  };

  /** A frame that is not of the usual form: an error, or data that is written in another way. */
  const unusual = (bytes: Uint8Array, at: Millis) => {
    const text = decoder.decode(bytes);
    const value = jsonOf(text);
    if (value === undefined) return badFrame(notJson("frame", text));
    const failure = errorFrame.safeParse(value);
    if (failure.success) {
      const { code, message } = failure.data.error;
      const error = new BpError("venue/refused", {
        venue: venueName,
        status: 0,
        code: String(code),
        message: message ?? "",
      });
      tell(error);
      subscriptions.refused(error.message);
      if (String(code) === "4003") repair?.start();
      return;
    }
    const name = streamOf(value);
    const route = typeof name === "string" ? routeOf(name) : undefined;
    if (route !== undefined) return deliver(route, bytes, at, value);
    if (typeof name === "string") stray += 1;
    else
      badFrame(
        new BpError("wire/schema", { what: "frame", path: "stream", expected: "its name", raw: text.slice(0, 500) }),
      );
  };

  /** A market's own form of a private stream goes to whoever reads all markets. */
  const routeOf = (name: string): Route | undefined =>
    routes.byName(name) ?? (signer === undefined ? undefined : routes.byName(name.split(".", 2).join(".")));

  const receive = (data: Uint8Array | string) => {
    const at = clock.now();
    frames += 1;
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    if (!findStream(bytes, place)) return unusual(bytes, at);
    const route = routes.byBytes(bytes, place.from, place.to);
    if (route === undefined) unusual(bytes, at);
    else deliver(route, bytes, at);
  };

  const open = () => {
    if (socket !== undefined) return;
    ended = new AbortController();
    socket = createSocket({
      url,
      clock,
      ...(proxy === undefined ? {} : { proxy }),
      onOpen: (send) => subscriptions.opened(send),
      onMessage: receive,
      onState: (state, why) => {
        if (state === "down") subscriptions.lost();
        for (const watcher of watchers) watcher.state?.(state, why);
      },
    });
  };
  const openWhenClockIsKnown = () => {
    if (signer === undefined || signer.skew.offsetMs !== undefined) return open();
    const { signal } = ended;
    const go = () => {
      if (!signal.aborted) open();
    };
    // Also without a good clock: the subscription says what is wrong, and tries again.
    signer.skew.sync(signal).then(go, go);
  };

  const enter = (stream: Stream<unknown>, change: (route: Route) => void) => {
    let route = routes.byName(stream.name);
    if (route === undefined) {
      route = { name: stream.name, stream, objects: [], bytes: [] };
      routes.add(route);
      // An account may rest, and so may a small market's prints: only what must speak is missed.
      if (stream.private || stream.name.startsWith("trade.")) subscriptions.add([stream.name], "quiet");
      else subscriptions.add([stream.name]);
    }
    change(route);
    openWhenClockIsKnown();
    return route;
  };
  const leave = (route: Route) => {
    if (route.objects.length > 0 || route.bytes.length > 0 || routes.byName(route.name) !== route) return;
    routes.remove(route);
    subscriptions.remove([route.name]);
    if (routes.size === 0) hangUp();
  };
  const hangUp = () => {
    ended.abort();
    ended = new AbortController();
    subscriptions.lost();
    socket?.close();
    socket = undefined;
  };

  return {
    on: (stream, listener) => {
      const heard = listener as Listener<unknown>; // the stream's own schema makes what it is given
      const route = enter(stream, (each) => {
        each.objects = [...each.objects, heard];
      });
      return () => {
        route.objects = route.objects.filter((each) => each !== heard);
        leave(route);
      };
    },
    onBytes: (stream, listener) => {
      const route = enter(stream, (each) => {
        each.bytes = [...each.bytes, listener];
      });
      return () => {
        route.bytes = route.bytes.filter((each) => each !== listener);
        leave(route);
      };
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
    get state() {
      return socket?.state ?? "down";
    },
    get counts() {
      return { frames, bad, stray };
    },
    close: () => {
      hangUp();
      subscriptions.close();
      for (const route of routes.all()) routes.remove(route);
    },
  };
}

function signatureOf(signer: ConnectionOptions["signer"]): { readonly signature?: readonly string[] } {
  if (signer === undefined) return {};
  const { key, skew, windowMs } = signer;
  const at = skew.now();
  return {
    signature: [key.publicKey, key.sign(canonical("subscribe", undefined, at, windowMs)), String(at), String(windowMs)],
  };
}

/** After "invalid signature": measures the clock and connects anew, at growing distances while it does not help. */
function repairSignature(skew: Skew, clock: Clock, socket: () => Socket | undefined) {
  let failures = 0;
  let running = false;
  const run = async () => {
    const refused = socket();
    await skew.sync().catch(() => undefined); // the next frame says what is wrong with the clock
    await clock.sleep(Math.min(60_000, 500 * 2 ** failures));
    failures += 1;
    running = false;
    if (refused !== undefined && socket() === refused) refused.reconnect("the venue refused our signature");
  };
  return {
    start: () => {
      if (running) return;
      running = true;
      run().catch(() => undefined); // it has nothing left that throws
    },
    worked: () => {
      failures = 0;
    },
  };
}

function streamOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "stream" in value ? value.stream : undefined;
}
