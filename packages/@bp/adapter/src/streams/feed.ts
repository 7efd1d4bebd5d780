// A stream to be read in one of two ways: by a callback, or by `for await`.
import { BpError, type Millis } from "@bp/core";
import type { Stream } from "./stream.ts";

/**
 * Takes a message, in the turn of the event loop in which it arrived. What it throws becomes an uncaught exception; other listeners and
 * later messages are not kept from anybody by it.
 */
export type Listener<T> = (message: T, at: Millis) => void;

/** Where the frames of a stream come from: a connection. Both functions return the way to stop. */
export interface Source {
  on<T>(stream: Stream<T>, listener: Listener<T>): () => void;
  onBytes(stream: Stream<unknown>, listener: Listener<Uint8Array>): () => void;
}

/** How a feed is read. */
export interface FeedOptions {
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

/** Messages of one stream. Nothing is asked of the venue before somebody reads. */
export interface Feed<T> {
  readonly stream: Stream<T>;
  /** Calls `listener` with each message, in the turn in which it arrived. Returns the way to stop. */
  on(listener: Listener<T>, options?: FeedOptions): () => void;
  /** Calls `listener` with the bytes of each frame, unread; they are valid until it returns. Returns the way to stop. */
  onBytes(listener: Listener<Uint8Array>, options?: FeedOptions): () => void;
  /**
   * Messages one after the other, `for await (const update of feed.read({ signal }))`. It ends when the signal aborts.
   *
   * @param options.limit - messages that may wait for a slow reader; 10,000 if left out
   * @throws BpError `wire/overflow` into the loop when more wait: a message left out in silence would be worse
   */
  read(options?: FeedOptions & { readonly limit?: number }): AsyncIterable<T>;
}

/** A feed over a connection, which is asked for when somebody reads. */
export function createFeed<T>(connection: () => Source, stream: Stream<T>): Feed<T> {
  return {
    stream,
    on: (listener, options) => until(connection().on(stream, listener), options?.signal),
    onBytes: (listener, options) => until(connection().onBytes(stream, listener), options?.signal),
    read: (options) => messages((listener) => connection().on(stream, listener), stream.name, options),
  };
}

function until(stop: () => void, signal: AbortSignal | undefined): () => void {
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop, { once: true });
  return () => {
    signal?.removeEventListener("abort", stop);
    stop();
  };
}

async function* messages<T>(
  on: (listener: (message: T, at: Millis) => void) => () => void,
  name: string,
  { signal, limit = 10_000 }: FeedOptions & { readonly limit?: number } = {},
): AsyncGenerator<T, void, undefined> {
  const waiting: T[] = [];
  let overflow = false;
  let wake = () => {};
  const nudge = () => wake();
  const stop = on((message) => {
    if (waiting.length < limit) waiting.push(message);
    else overflow = true;
    wake();
  });
  signal?.addEventListener("abort", nudge);
  try {
    for (;;) {
      if (signal?.aborted === true) return;
      if (overflow) throw new BpError("wire/overflow", { what: name, limit });
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal?.removeEventListener("abort", nudge);
    stop();
  }
}
