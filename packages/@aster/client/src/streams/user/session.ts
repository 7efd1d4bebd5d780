// One key and one connection with it, until either is gone.
import { background } from "@bp/adapter";
import type { BpError, Clock, Millis } from "@bp/core";
import { createSocket, type Socket } from "@bp/transport";
import { limitsOf } from "../limits.ts";
import type { Service } from "../names.ts";
import { keepAlive, type ListenKeys } from "./listenKey.ts";

/** How a session ended. */
export interface SessionEnd {
  readonly why: string;
  /** The key is gone, the connection was good: no reason to wait. */
  readonly expired: boolean;
  /** When it came up; `undefined` if it never did. */
  readonly upAt: Millis | undefined;
}

/** What a session needs. */
export interface SessionOptions {
  readonly service: Service;
  /** `wss://host`. */
  readonly url: string;
  readonly clock: Clock;
  readonly proxy: string | undefined;
  readonly listenKeys: ListenKeys;
  readonly listenKey: string;
  readonly heard: () => number;
  readonly receive: (data: Uint8Array | string) => void;
  readonly up: (why: string) => void;
  readonly trouble: (error: BpError) => void;
  readonly ended: (end: SessionEnd) => void;
}

/** A session; call it for the end that comes from outside. */
export type EndSession = (why: string, how?: "expired") => void;

/** Connects with a key and keeps it alive. */
export function startSession(options: SessionOptions): EndSession {
  const { service, url, clock, proxy, listenKeys, listenKey, heard, receive, up, trouble, ended } = options;
  const { silenceMs, renewAfterMs } = limitsOf(service);
  const over = new AbortController();
  let upAt: Millis | undefined;
  let socket: Socket | undefined;
  const end: EndSession = (why, how) => {
    if (over.signal.aborted) return;
    over.abort();
    socket?.close();
    ended({ why, expired: how === "expired", upAt });
  };
  socket = createSocket({
    url: `${url}/ws/${encodeURIComponent(listenKey)}`,
    clock,
    silenceMs,
    renewAfterMs,
    ...(proxy === undefined ? {} : { proxy }),
    onOpen: () => undefined,
    onMessage: receive,
    onState: (state, why) => {
      if (state === "down") return end(why); // the socket would come back with a key that may be gone
      upAt = clock.now();
      up(why);
    },
  });
  const gone = () => end("the listen key is gone", "expired");
  background(() => keepAlive({ listenKeys, listenKey, clock, signal: over.signal, heard, gone, trouble }));
  return end;
}
