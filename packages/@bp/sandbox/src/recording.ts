// Reads a recording line by line ahead of the clock, so that a file of any length needs little memory.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BpError } from "@bp/core";

/** A file of lines that is read as the exchange needs it. */
export interface Recording {
  /** Hands out what has been read; ask only while `ready()`. */
  readonly lines: Iterable<string>;
  /** Whether enough is in memory for the market source to go on: it looks one line ahead that means something to it. */
  ready(): boolean;
  close(): void;
}

const mostAhead = 40_000; // lines in memory when the reader rests
const leastAhead = 10_000; // what a source may skip at once without meeting the end of what has been read

/**
 * Opens a recording and reads its beginning.
 *
 * @param file - lines of text, packed with gzip if its name ends in `.gz`
 * @param broken - told once when the file turns out to be cut or damaged; what came before is played
 * @throws BpError `config/unreadable` if there is no such file, `sim/bad-recording` if nothing can be read of it
 */
export async function openRecording(file: string, broken: (error: BpError) => void): Promise<Recording> {
  const raw = createReadStream(file);
  const queue = createQueue();
  const state: { ended: boolean; closed: boolean; wake: (() => void) | undefined } = {
    ended: false,
    closed: false,
    wake: undefined,
  };
  const wake = () => {
    state.wake?.();
    state.wake = undefined;
  };
  const rest = () =>
    new Promise<void>((resolve) => {
      state.wake = resolve;
    });

  /** Reads to the end, resting whenever enough is in memory; calls `begun` before the first rest. */
  const pump = async (begun: () => void) => {
    const source: Readable = file.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
    if (source !== raw) raw.on("error", (error) => source.destroy(error));
    source.setEncoding("utf8");
    let open = "";
    for await (const chunk of source as AsyncIterable<string>) {
      // its encoding is set
      const parts = (open + chunk).split("\n");
      open = parts.pop() ?? "";
      for (const part of parts) queue.push(part);
      if (queue.waiting() < mostAhead) continue;
      begun();
      if (!state.closed) await rest();
      if (state.closed) return;
    }
    if (open !== "") queue.push(open);
  };

  await new Promise<void>((resolve, reject) => {
    const finish = async () => {
      try {
        await pump(resolve);
        if (queue.read === 0) throw new BpError("sim/bad-recording", { file, line: 1, why: "it is empty" });
      } catch (error) {
        const failed = explain(file, queue.read + 1, error);
        if (queue.read === 0) reject(failed);
        else if (!state.closed) broken(failed);
      } finally {
        state.ended = true;
        resolve();
      }
    };
    finish().catch(reject);
  });

  return {
    lines: {
      *[Symbol.iterator]() {
        for (;;) {
          const line = queue.shift();
          if (line === undefined) {
            if (state.ended) return;
            throw new BpError("sim/bad-recording", {
              file,
              line: queue.read + 1,
              why: `more than ${leastAhead} lines in a row mean nothing`,
            });
          }
          if (queue.waiting() < mostAhead / 2) wake();
          yield line;
        }
      },
    },
    ready: () => state.ended || queue.waiting() >= leastAhead,
    close: () => {
      state.closed = true;
      wake();
      raw.destroy();
    },
  };
}

/** Lines in order. Taking one costs the same however many wait. */
function createQueue() {
  let lines: string[] = [];
  let head = 0;
  let read = 0;
  return {
    get read() {
      return read;
    },
    waiting: () => lines.length - head,
    push: (line: string) => {
      lines.push(line);
      read += 1;
    },
    shift: (): string | undefined => {
      const line = lines[head];
      if (line === undefined) return undefined;
      head += 1;
      if (head > 4096 && head * 2 > lines.length) {
        lines = lines.slice(head);
        head = 0;
      }
      return line;
    },
  };
}

function explain(file: string, line: number, error: unknown): BpError {
  if (error instanceof BpError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
    return new BpError(
      "config/unreadable",
      { file, why: code === "ENOENT" ? "there is no such file" : code },
      { cause: error },
    );
  const why = error instanceof Error ? error.message : String(error);
  return new BpError("sim/bad-recording", { file, line, why }, { cause: error });
}
