// One WebSocket that comes back: heartbeat, backoff with jitter, and the reason for every loss.
import { BpError, type Clock, type Random } from "@bp/core";
import { systemClock } from "./clock.ts";
import type { Link } from "./connection.ts";
import { crash, openLink } from "./link.ts";

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
  /**
   * A connection is replaced when it has stood for so long, ms; never if left out. For venues that cut it at a known age: the
   * new one is opened first, `onOpen` is called for it, and frames of both are handed on until the new one delivers, for
   * 1 to 5 s. The state stays `up`. Frames may come twice in that time, and one of the old connection after a newer one.
   */
  readonly renewAfterMs?: number;
  /** `bp-transport` if left out. Browsers send their own. */
  readonly userAgent?: string;
  /** An HTTP proxy, `http://user:password@host:port`, or `https:` for TLS up to it. Node only. */
  readonly proxy?: string;
  /** A connection stands: say what is wanted. Called before `onState("up")`, and for a replacement without it. */
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

/** One of the connections, from its first attempt to its end. */
interface Connection {
  link: Link | undefined;
  readonly over: AbortController;
  upAt: number;
  /** Set by every sign of life, read by the watch. */
  heard: boolean;
  /** Whether a frame has come. */
  delivered: boolean;
}

const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;
const looks = 9; // how often the silence watch looks within `silenceMs`
const overlapMs = 1_000; // after that it is looked whether the new connection delivers
const overlaps = 5;

/**
 * Opens a socket and keeps it open: reconnects after 1, 2, 4 ... 30 s (each ± 20 %), and starts again at 1 s after a
 * connection that stood for longer than 30 s.
 *
 * @throws BpError `config/invalid` for a URL, a proxy or an age that is none
 * @example
 * const socket = createSocket({ url, onOpen: (send) => send(subscribe), onMessage: decode, onState: console.log });
 */
export function createSocket(options: SocketOptions): Socket {
  const { url, clock = systemClock, random = { next: Math.random }, silenceMs = 90_000 } = options;
  const { onOpen, onMessage, onState, renewAfterMs = Number.POSITIVE_INFINITY } = options;
  if (!(renewAfterMs > 0)) throw invalid("renewAfterMs", String(renewAfterMs), "ms above 0");
  const open = openLink(checked(url), options);
  const life = new AbortController(); // until close()
  let current: Connection | undefined; // connecting or standing
  let others: Connection[] = []; // one that is to replace it, or one that it has replaced
  let state: "up" | "down" = "down";
  let failures = 0;

  const send = (text: string) => {
    if (state === "down" || current?.link === undefined) return false;
    current.link.send(text);
    return true;
  };
  const begin = (stands: (connection: Connection) => void, ended: (connection: Connection, why: string) => void) => {
    const over = new AbortController();
    const connection: Connection = { link: undefined, over, upAt: 0, heard: false, delivered: false };
    connection.link = open({
      open: () => {
        connection.upAt = clock.now();
        stands(connection);
      },
      data: (data) => {
        connection.heard = true;
        connection.delivered = true;
        onMessage(data);
      },
      sign: () => {
        connection.heard = true;
      },
      end: (why) => {
        if (!over.signal.aborted) ended(connection, why);
      },
    });
    return connection;
  };
  const end = (connection: Connection | undefined) => {
    connection?.over.abort();
    connection?.link?.drop();
    others = others.filter((each) => each !== connection);
  };
  const later = (ms: number, signal: AbortSignal, then: () => void) => {
    const wake = () => {
      if (!signal.aborted) then();
    };
    clock.sleep(ms, signal).then(wake, wake);
  };
  const backoffMs = (attempt: number) =>
    Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(attempt, 10)) * (0.8 + 0.4 * random.next());

  const connect = () => {
    current = begin(
      (connection) => {
        state = "up";
        onOpen(send);
        if (connection.over.signal.aborted) return;
        const after = failures === 0 ? "" : ` after ${failures} failed attempts or short connections`;
        onState("up", `connected${after}`);
        keep(connection);
      },
      (connection, why) => (connection === current ? lost(why) : end(connection)), // replaced already
    );
  };
  const lost = (why: string) => {
    if (state === "up" && current !== undefined && clock.now() - current.upAt > longestBackoffMs) failures = 0;
    endAll();
    const waitMs = backoffMs(failures);
    failures += 1;
    later(waitMs, life.signal, connect);
    onState("down", why);
  };
  const endAll = () => {
    for (const each of [current, ...others]) end(each);
    current = undefined;
    state = "down";
  };
  /** Watches a connection that stands, and has it replaced in time. */
  const keep = (connection: Connection) => {
    watch(connection).catch(crash);
    if (Number.isFinite(renewAfterMs)) later(renewAfterMs, connection.over.signal, () => renew(connection, 0));
  };
  const renew = (old: Connection, attempt: number) => {
    const next = begin(
      (fresh) => {
        current = fresh;
        others = [old];
        failures = 0;
        onOpen(send);
        if (fresh.over.signal.aborted) return;
        keep(fresh);
        fade(old, fresh, 1);
      },
      (fresh, why) => {
        if (fresh === current) return lost(why);
        end(fresh);
        later(backoffMs(attempt), old.over.signal, () => renew(old, attempt + 1));
      },
    );
    others = [next];
  };
  const fade = (old: Connection, fresh: Connection, look: number) => {
    later(overlapMs, old.over.signal, () => {
      if (fresh.delivered || look === overlaps) end(old);
      else fade(old, fresh, look + 1);
    });
  };
  const watch = async (connection: Connection) => {
    if (!Number.isFinite(silenceMs)) return;
    const { signal } = connection.over;
    connection.heard = false;
    let lastAt = clock.now();
    for (;;) {
      await clock.sleep(silenceMs / looks, signal);
      if (signal.aborted || connection !== current) return;
      const silentMs = clock.now() - lastAt;
      if (connection.heard) {
        connection.heard = false;
        lastAt = clock.now();
      } else if (silentMs >= silenceMs) return lost(`silent for ${silentMs} ms`);
      else if (silentMs >= silenceMs / 3) connection.link?.ping();
    }
  };

  connect();
  return {
    send,
    reconnect: (why) => {
      if (current !== undefined) lost(why);
    },
    close: () => {
      life.abort();
      endAll();
    },
    get state() {
      return state;
    },
  };
}

function checked(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^wss?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.hash !== "")
    throw invalid("url", parsed?.origin ?? "no URL", "ws(s)://host[:port][/path]");
  return url;
}

function invalid(path: string, found: string, expected: string): BpError {
  return new BpError("config/invalid", { path, found, expected });
}
