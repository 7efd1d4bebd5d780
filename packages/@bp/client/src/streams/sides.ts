// The two connections: what everybody may read, and what only the account may.
import { type Connection, createFeed, type Feed, type FrameCounts, type Stream, type Watcher } from "@bp/adapter";
import { BpError } from "@bp/core";
import { type ConnectOptions, connect } from "./connection.ts";

/** One of the two connections. */
export type Side = "public" | "private";

/** Any stream of the venue. A connection opens when its first stream is read; what is read is asked for again after each loss. */
export interface StreamSides {
  /** A feed of this stream. */
  feed<T>(stream: Stream<T>): Feed<T>;
  /** Hears of losses, returns, bad frames and refusals of a connection. Returns the way to stop. */
  watch(side: Side, watcher: Watcher): () => void;
  state(side: Side): "up" | "down";
  counts(side: Side): FrameCounts;
  close(): void;
}

/** Makes both connections; each opens when the first of its streams is read. */
export function createSides(options: ConnectOptions): StreamSides {
  const open: Connection = connect({ ...options, signer: undefined });
  const own = options.signer === undefined ? undefined : connect(options);
  const connectionOf = (isPrivate: boolean): Connection => {
    if (!isPrivate) return open;
    if (own === undefined)
      throw new BpError("config/invalid", {
        path: "key",
        found: "none",
        expected: "an API key, because account streams are private",
      });
    return own;
  };
  return {
    feed: (stream) => createFeed(() => connectionOf(stream.private), stream),
    watch: (side, watcher) => connectionOf(side === "private").watch(watcher),
    state: (side) => connectionOf(side === "private").state,
    counts: (side) => connectionOf(side === "private").counts,
    close: () => {
      open.close();
      own?.close();
    },
  };
}
