// One WebSocket that comes back: heartbeat, backoff with jitter, and the reason for every loss.
import { BpError, type Clock, type Random } from "@bp/core";
import { systemClock } from "./clock.ts";
import { type Link, openLink } from "./link.ts";

/** Where to connect, and who hears what. Callbacks are called in the turn in which it happened. */
export interface SocketOptions {
  /** `ws:` or `wss:`. */
  readonly url: string;
  readonly clock?: Clock;
  /** Draws the jitter. */
  readonly random?: Pick<Random, "next">;
  /**
   * With neither a frame nor a ping or pong for so long the connection counts as dead, ms; 90,000 if left out. Browsers
   * do not show pings, so there the frames alone count: give `Infinity` for a stream that may be quiet.
   */
  readonly silenceMs?: number;
  /** An HTTP proxy, `http://user:password@host:port`. Node only. */
  readonly proxy?: string;
  /** A connection stands: say what is wanted. Called before `onState("up")`. */
  readonly onOpen: (send: (text: string) => boolean) => void;
  /**
   * A frame, in the turn in which it arrived. On Node always the bytes as they came, text frames too and unchecked; they
   * are good until the callback returns. In browsers a text frame is a string.
   */
  readonly onMessage: (data: Uint8Array | string) => void;
  /** `down` is told for each attempt that fails, not only for the first. */
  readonly onState: (state: "up" | "down", why: string) => void;
}

/** A connection that is opened again after each loss, until `close`. */
export interface Socket {
  /** Whether the text was handed to an open connection. It may be lost all the same. */
  send(text: string): boolean;
  /** Gives up the connection for this reason; a new one follows as after any loss. */
  reconnect(why: string): void;
  /** Ends it for good, with a close frame; no callback comes any more and no timer is left. */
  close(): void;
  readonly state: "up" | "down";
}

const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;
const looks = 9; // how often the silence watch looks within `silenceMs`

/**
 * Opens a socket and keeps it open: reconnects after 1, 2, 4 ... 30 s (each ± 20 %), and starts again at 1 s after a
 * connection that stood for longer than 30 s.
 *
 * @throws BpError `config/invalid` for a URL or a proxy that is none
 * @example
 * const socket = createSocket({ url, onOpen: (send) => send(subscribe), onMessage: decode, onState: console.log });
 */
export function createSocket(options: SocketOptions): Socket {
  const { url, clock = systemClock, random = { next: Math.random }, silenceMs = 90_000 } = options;
  const { onOpen, onMessage, onState } = options;
  const open = openLink(checked(url), options.proxy);
  const life = new AbortController(); // until close()
  let connection = new AbortController(); // until the loss
  let link: Link | undefined;
  let state: "up" | "down" = "down";
  let upAt = 0;
  let failures = 0;
  let heard = false; // set by every sign of life, read by the watch

  const send = (text: string) => {
    if (state === "down" || link === undefined) return false;
    link.send(text);
    return true;
  };
  const connect = () => {
    if (life.signal.aborted) return;
    connection = new AbortController();
    const { signal } = connection;
    link = open({
      open: () => {
        state = "up";
        upAt = clock.now();
        onOpen(send);
        if (signal.aborted) return;
        onState(
          "up",
          failures === 0 ? "connected" : `connected after ${failures} failed attempts or short connections`,
        );
        watch(signal).catch(crash);
      },
      data: (data) => {
        heard = true;
        onMessage(data);
      },
      sign: () => {
        heard = true;
      },
      end: (why) => lost(why),
    });
  };
  const lost = (why: string) => {
    if (connection.signal.aborted) return;
    connection.abort();
    link?.drop();
    link = undefined;
    if (state === "up" && clock.now() - upAt > longestBackoffMs) failures = 0;
    state = "down";
    const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(failures, 10));
    failures += 1;
    clock.sleep(backoffMs * (0.8 + 0.4 * random.next()), life.signal).then(connect, connect);
    onState("down", why);
  };
  const watch = async (signal: AbortSignal) => {
    if (!Number.isFinite(silenceMs)) return;
    heard = false;
    let lastAt = clock.now();
    for (;;) {
      await clock.sleep(silenceMs / looks, signal);
      if (signal.aborted) return;
      const silentMs = clock.now() - lastAt;
      if (heard) {
        heard = false;
        lastAt = clock.now();
      } else if (silentMs >= silenceMs) return lost(`silent for ${silentMs} ms`);
      else if (silentMs >= silenceMs / 3) link?.ping();
    }
  };

  connect();
  return {
    send,
    reconnect: (why) => {
      if (link !== undefined) lost(why);
    },
    close: () => {
      life.abort();
      connection.abort();
      link?.drop();
      link = undefined;
      state = "down";
    },
    get state() {
      return state;
    },
  };
}

/** What a callback throws belongs to the program, as if it had been thrown in a frame of the socket. */
function crash(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

function checked(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^wss?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.hash !== "")
    throw new BpError("config/invalid", {
      path: "url",
      found: parsed?.origin ?? "no URL",
      expected: "ws(s)://host[:port][/path]",
    });
  return url;
}
