// Writes what a venue's market streams tell: compressed, in files of bounded size, so that little is lost when the process is.
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type BpError, type Instrument, isBpError, type Unnumbered, type VenueId } from "@bp/core";
import { createFactWriter } from "./facts.ts";
import { holdName } from "./hold.ts";
import { type Output, openOutput } from "./output.ts";

/** How it is recorded. */
export interface RecorderOptions {
  /** Made if it is not there. */
  readonly folder: string;
  /** Files are called `NAME-0001.ndjson.gz` and so on; a recording of this name that is there goes on after its last file. */
  readonly name: string;
  readonly venue: VenueId;
  readonly instruments: readonly Instrument[];
  /** A file that is larger than this, compressed, is followed by the next; default 256 MiB. */
  readonly rotateBytes?: number;
  /** Likewise by age, ms; default an hour. */
  readonly rotateMs?: number;
  /** What was told is on its way to the disk after so many ms; default 2,000. */
  readonly flushMs?: number;
  /** ms since 1970; as the facts' `at`. */
  readonly now: () => number;
}

/** What a recorder has done so far. */
export interface RecorderState {
  /** Facts written; marks of gaps among them. */
  readonly facts: number;
  readonly gaps: number;
  /** Compressed, of all files of this recorder. */
  readonly bytes: number;
  /** All files of this recorder; the last one is open. */
  readonly files: readonly string[];
  /** When the newest fact was received; `undefined` before the first. */
  readonly lastAt: number | undefined;
  /** Why nothing is written any more. */
  readonly failure: BpError | undefined;
}

/** A recorder at work. */
export interface Recorder {
  /** Takes a fact; those that are none of its markets are left out. Never throws: a disk that fails is in `state`. */
  hear(fact: Unnumbered): void;
  /** Time passed: call it about once a second, so that a quiet market is written and its files end too. */
  beat(): void;
  readonly state: RecorderState;
  /** Writes what is left and lets the name go. @throws BpError `data/cannot-write` where anything could not be written */
  close(): Promise<void>;
}

/**
 * Begins to record. Each file stands alone: a header, the books as they are, then what changes. One that was cut by a crash
 * is read to its last whole line, `flushMs` and a beat before the crash.
 *
 * @throws BpError `data/cannot-write`; `config/conflict` while another process records under this name there
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { folder, name, venue, now } = options;
  const { rotateBytes = 268_435_456, rotateMs = 3_600_000, flushMs = 2_000 } = options;
  const release = holdName(join(folder, name));
  const session = `${now()}-${randomBytes(4).toString("hex")}`;
  const closing: Promise<void>[] = [];
  const files: string[] = [];
  let part = 0;
  let written = 0; // of files that are closed
  let since = 0;
  let flushedAt = now();
  let factsBefore = 0; // of files before the open one
  let failure: BpError | undefined;
  let output: Output | undefined;
  const writer = createFactWriter(options.instruments, (text) => output?.write(text));

  const failed = (error: BpError) => {
    failure ??= error;
  };
  const begin = (number: number, at: number) => {
    part += 1;
    const next = openOutput(join(folder, `${name}-${String(number).padStart(4, "0")}.ndjson.gz`), failed);
    output = next;
    files.push(next.file);
    since = at;
    factsBefore = writer.facts;
    writer.header({ format: "bp-recording", version: 1, venue, started: at, session, part }, at);
  };
  const finish = async (ended: Output) => {
    await ended.end();
    written += ended.written;
  };
  const end = (at: number, why: "rotated" | "closed") => {
    if (output === undefined) return;
    writer.end(at, why);
    const ended = output;
    output = undefined;
    closing.push(finish(ended));
  };
  const rotate = (at: number) => {
    end(at, "rotated");
    try {
      begin(lastNumber(folder, name) + 1, at);
    } catch (error) {
      if (!isBpError(error)) throw error;
      failed(error);
    }
  };
  const isFull = (at: number) =>
    output !== undefined && (output.written >= rotateBytes || at - since >= rotateMs) && writer.facts > factsBefore;

  try {
    const number = lastNumber(folder, name);
    begin(number + 1, now());
    if (number > 0) writer.gap("the recorder was started again", now());
    output?.flush();
  } catch (error) {
    release();
    throw error;
  }

  return {
    hear: (fact) => {
      if (failure !== undefined || output === undefined) return;
      const at = Math.max(fact.at, writer.lastAt ?? 0); // of facts from two connections the later one may be dated earlier
      if (isFull(at) || writer.regrids(fact)) rotate(at);
      writer.hear(fact);
    },
    beat: () => {
      const at = now();
      if (failure !== undefined || output === undefined) return;
      if (isFull(at)) rotate(Math.max(at, writer.lastAt ?? at));
      if (at - flushedAt < flushMs) return;
      flushedAt = at;
      output?.flush();
    },
    get state() {
      const { facts, gaps, lastAt } = writer;
      return { facts, gaps, bytes: written + (output?.written ?? 0), files, lastAt, failure };
    },
    close: async () => {
      end(Math.max(now(), writer.lastAt ?? 0), "closed");
      await Promise.all(closing);
      release();
      if (failure !== undefined) throw failure;
    },
  };
}

/** The number of the newest file of a name, 0 before the first. */
function lastNumber(folder: string, name: string): number {
  let last = 0;
  for (const file of readdirSync(folder)) {
    const match = file.startsWith(`${name}-`) ? /^(\d{4,})\.ndjson\.gz$/.exec(file.slice(name.length + 1)) : null;
    if (match !== null) last = Math.max(last, Number(match[1]));
  }
  return last;
}
