// Log files: one main file for people, an error file beside it, and whatever files a system keeps of its own.
import { dirname, join } from "node:path";
import { plain, plainLines } from "@bp/core";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import type { LogConfig } from "./config/botConfig.ts";
import type { FileLine, Line } from "./face/system.ts";
import { makeFolder } from "./folders.ts";
import { fromHere } from "./paths.ts";

/** Where lines go. Writing never waits and never throws: a full disk must not stop a trader, it is told once. */
export interface Log {
  /** Whether lines of level `debug` are written: those that are worth collecting only then. */
  readonly detailed: boolean;
  /** A line of the main file; warnings and errors also go to the error file where the configuration names one. */
  line(at: number, line: Line): void;
  /** A line of a file of the system's own. */
  file(at: number, line: FileLine): void;
  /** Writes what is left and closes all files. */
  close(): Promise<void>;
}

const weights = { debug: 0, info: 1, warn: 2, error: 3 } as const;

/**
 * Opens log files in a folder, which is made if it is missing. Files are appended to, never truncated. `{date}` in a name
 * is the UTC day of the line, so that names roll over at midnight; a file beyond `maxBytes` becomes `name.1`, `name.2` …
 *
 * @param trouble - hears once why a file cannot be written
 */
export function openLog(config: LogConfig, trouble: (why: string) => void): Log {
  const folder = fromHere(config.folder);
  const open = new Map<string, { readonly name: string; readonly stream: RotatingFileStream }>();
  const unusable = new Set<string>();
  let told = false;
  const fail = (name: string) => (error: Error) => {
    if (!told) trouble(`log file ${join(folder, name)}: ${error.message}; the run goes on without it`);
    told = true;
  };
  const streamOf = (pattern: string, at: number): RotatingFileStream => {
    const name = pattern.replace("{date}", new Date(at).toISOString().slice(0, 10));
    const found = open.get(pattern);
    if (found?.name === name) return found.stream;
    found?.stream.end();
    makeFolder(dirname(join(folder, name)));
    const stream = createStream(name, {
      path: folder,
      mode: 0o600,
      ...(config.maxBytes === undefined ? {} : { size: `${config.maxBytes}B` as const, rotate: config.keep }),
    });
    stream.on("error", fail(name));
    open.set(pattern, { name, stream });
    return stream;
  };
  const write = (pattern: string, at: number, text: string) => {
    if (unusable.has(pattern)) return;
    try {
      streamOf(pattern, at).write(`${text}\n`, (error) => {
        if (error) fail(pattern)(error);
      });
    } catch (error) {
      unusable.add(pattern); // its folder cannot be made
      fail(pattern)(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return {
    detailed: config.level === "debug",
    line: (at, { level, text }) => {
      if (weights[level] < weights[config.level]) return;
      const time = new Date(at).toISOString().replace("T", " ").slice(0, 23);
      const said = `${time} [${level.toUpperCase()}] bot: ${plain(text)}`;
      write(config.file, at, said);
      if (config.errorFile !== undefined && weights[level] >= weights.warn) write(config.errorFile, at, said);
    },
    file: (at, { file, text }) => write(file, at, plainLines(text)),
    close: async () => {
      await Promise.all(
        [...open.values()].map(
          ({ stream }) =>
            new Promise<void>((resolve) => {
              stream.on("error", () => resolve());
              stream.end(() => resolve());
            }),
        ),
      );
      open.clear();
    },
  };
}
