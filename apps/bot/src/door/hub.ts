// All clients of the stream: how many there may be, how often they are told, and that they hear a sign of life.
import type { ServerResponse } from "node:http";
import type { StreamMessage } from "dashboard/contract";
import { refusal } from "./refuse.ts";
import { createShelf } from "./shelf.ts";
import { openStream, type Stream } from "./stream.ts";

/** So many may look at once. */
export const streamsMost = 64;
/** Not more often than so, ms: 30 times a second. */
const everyMs = 33;
/** A sign of life, ms. */
const beatMs = 5_000;

/** What is streamed, and to whom. */
export interface Hub {
  put(message: StreamMessage): void;
  /** Takes a response over. @throws Refusal 503 where too many look */
  add(out: ServerResponse): void;
  readonly count: number;
  /** Ends all streams after a last word, and resolves when they have it. */
  close(): Promise<void>;
}

/** @param watched - hears how many look, whenever that changes */
export function createHub(watched: (count: number) => void): Hub {
  const shelf = createShelf();
  const streams = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;
  let flushedAt = 0;
  const flush = () => {
    timer = undefined;
    flushedAt = performance.now();
    for (const each of streams) each.flush();
  };
  const beat = setInterval(() => {
    for (const each of streams) each.beat();
  }, beatMs).unref();
  return {
    put: (message) => {
      shelf.put(message);
      if (streams.size > 0) timer ??= setTimeout(flush, Math.max(0, flushedAt + everyMs - performance.now()));
    },
    add: (out) => {
      if (streams.size >= streamsMost)
        throw refusal(503, `${streamsMost} pages look at this bot already`, "close one of them", 10);
      const stream = openStream(out, shelf, () => {
        if (streams.delete(stream)) watched(streams.size);
      });
      streams.add(stream);
      watched(streams.size);
      stream.flush();
    },
    get count() {
      return streams.size;
    },
    close: async () => {
      clearInterval(beat);
      clearTimeout(timer);
      await Promise.all([...streams].map((each) => each.end()));
    },
  };
}
