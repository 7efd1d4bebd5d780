// One client of the stream. It gets what is newest when it has read what it got before: a slow one misses frames and holds up nobody.
import type { ServerResponse } from "node:http";
import { safeHeaders } from "./headers.ts";
import type { Shelf } from "./shelf.ts";

/** How long a client may read nothing before it is cut off, ms. */
const patienceMs = 30_000;

/** A client. */
export interface Stream {
  /** Sends what it has not had yet, if it has read what it had. */
  flush(): void;
  /** A sign of life where there is nothing to tell. */
  beat(): void;
  /** Says a last word, to one that is slow too, and ends it. Resolves when the system has it, or the client is gone. */
  end(): Promise<void>;
}

/** @param gone - it is over, whoever ended it @param waitMs - for tests */
export function openStream(out: ServerResponse, shelf: Shelf, gone: () => void, waitMs = patienceMs): Stream {
  out.writeHead(200, {
    ...safeHeaders,
    "Content-Type": "text/event-stream; charset=utf-8",
    Connection: "keep-alive",
    "X-Accel-Buffering": "no",
  });
  let seen = shelf.nothing();
  let isFull = false;
  let timer: NodeJS.Timeout | undefined;
  const write = (text: string | Buffer) => {
    if (out.write(text)) return;
    isFull = true;
    timer = setTimeout(() => out.destroy(), waitMs);
  };
  const flush = () => {
    if (isFull) return;
    const next = shelf.after(seen);
    if (next === undefined) return;
    seen = next.seen;
    write(next.text);
  };
  out.on("drain", () => {
    clearTimeout(timer);
    isFull = false;
    flush();
  });
  out.on("error", () => undefined); // it closes then
  out.once("close", () => {
    clearTimeout(timer);
    gone();
  });
  out.flushHeaders();
  return {
    flush,
    beat: () => {
      if (!isFull) write(":\n\n");
    },
    end: () => {
      clearTimeout(timer);
      isFull = false;
      flush();
      return new Promise((resolve) => {
        out.once("close", resolve);
        out.end(resolve);
      });
    },
  };
}
