// Appending to a run: a buffer in memory, one transaction a batch.
import type { DatabaseSync } from "node:sqlite";
import { BpError, type Entry, isBpError, type Journal, type Millis, millis } from "@bp/core";
import { type Encoded, encode } from "./codec.ts";
import { guarded, isBusy } from "./fault.ts";
import type { Lock } from "./lock.ts";
import { changeRun, type RunRecord } from "./run.ts";
import { lineSum } from "./sum.ts";
import type { TailWriter } from "./tail.ts";
import { within } from "./within.ts";

/** The journal of one run, open for writing. Everything is synchronous. */
export interface RunJournal extends Journal {
  readonly run: RunRecord;
  /** Lines so far, the buffered ones included. */
  readonly lines: number;
  /** `seq` of the newest event, 0 before the first: what the driver counts on from after a resume. */
  readonly lastEvent: number;
  /** Adds to the buffer. A full buffer (by count or by size) is committed by itself. @throws BpError as `commit`, `journal/slow` excepted */
  append(entry: Entry): void;
  /**
   * Writes the buffer in one transaction. What fails stays in the buffer, and nothing of it is in the file.
   *
   * @throws BpError `journal/slow` when another program has kept the file locked for longer than our patience: commit again.
   *   Until that succeeds no further attempt waits. `journal/write` when it does not succeed in time, or cannot.
   */
  commit(): void;
  /**
   * Moves what was committed from the write-ahead log into the file proper. Costs a few ms: call it when no order waits,
   * once a minute or so. Without it this happens within some commit, each 64 MB.
   */
  tidy(): void;
  /**
   * Commits the rest and lets go of the lock. With a summary (JSON) the run has ended, at the time of its newest event;
   * without one it may be resumed. Closing twice does nothing. The lock is free afterwards even if writing the rest failed.
   */
  close(summary?: unknown): void;
}

/** When a buffer is written without being asked. */
export interface Limits {
  readonly entries: number;
  /** Characters of JSON. */
  readonly chars: number;
  /** False: entries are counted and dropped. */
  readonly keep: boolean;
  /** How long a commit waits for another program, in ms. */
  readonly patienceMs: number;
  /** How long the file may stay locked before that is a failure, in ms. */
  readonly giveUpMs: number;
}

/** A buffer of a journal that stays locked grows; this is too much, in characters. */
const mostHeld = 64_000_000;
/** How long the end of a run waits for another program, in ms. */
const lastPatienceMs = 5_000;

interface Line extends Encoded {
  readonly at: number;
}

/** What a run is written to. */
export interface Place {
  readonly db: DatabaseSync;
  readonly file: string;
  readonly run: RunRecord;
  readonly limits: Limits;
  /** The caller's to take, ours to release, as the witness. */
  readonly lock: Lock;
  /** `undefined`: what is in memory cannot be cut. */
  readonly tail: TailWriter | undefined;
}

/** Opens a run for writing, after what it holds already. */
export function runJournal({ db, file, run, limits, lock, tail }: Place): RunJournal {
  const insert = db.prepare("INSERT INTO entry (run, seq, at, dir, type, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?)");
  let written = Number(db.prepare("SELECT max(seq) AS seq FROM entry WHERE run = ?").get(run.id)?.["seq"] ?? 0);
  const last = lastEventOf(db, run);
  let lastEvent = last.seq;
  let at = last.at;
  let buffer: Line[] = [];
  let chars = 0;
  let open = true;

  let heldSince: number | undefined;
  const wait = (ms: number) => db.exec(`PRAGMA busy_timeout = ${ms}`);
  wait(limits.patienceMs);
  tail?.put(written);

  const commit = () => {
    if (buffer.length === 0) return;
    guarded(file, "write", () => {
      try {
        db.exec("BEGIN IMMEDIATE");
        let seq = written;
        for (const line of buffer) {
          const { at, dir, type, body } = line;
          insert.run(run.id, ++seq, at, dir, type, body, lineSum(run.id, seq, at, line));
        }
        db.exec("COMMIT");
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw isBusy(error) ? slow(error) : error;
      }
    });
    if (heldSince !== undefined) wait(limits.patienceMs);
    heldSince = undefined;
    written += buffer.length;
    buffer = [];
    chars = 0;
    tail?.put(written);
  };
  /** Another program has the file. The next attempts do not wait, so that no cancel does. */
  const slow = (error: unknown): unknown => {
    const now = performance.now();
    if (heldSince === undefined) wait(0);
    heldSince ??= now;
    if (now - heldSince > limits.giveUpMs || chars > mostHeld) return error;
    const why = "another program keeps it locked";
    return new BpError("journal/slow", { file, why }, { cause: error });
  };

  const end = (summary: string) =>
    guarded(file, "write", () =>
      within(db, () =>
        changeRun(db, run.id, {
          ended: Math.max(at, run.started),
          summary,
          ...(limits.keep ? { lines: written } : {}),
        }),
      ),
    );

  return {
    run,
    get lines() {
      return written + buffer.length;
    },
    get lastEvent() {
      return lastEvent;
    },
    append: (entry) => {
      if (!open) throw new BpError("journal/write", { file, why: `run ${run.id} has been closed` });
      const encoded = limits.keep ? encode(entry) : undefined;
      if (entry.dir === "in") {
        at = entry.event.at;
        lastEvent = entry.event.seq;
      }
      if (encoded === undefined) {
        written += 1;
        return;
      }
      buffer.push({ at, ...encoded });
      chars += encoded.body.length;
      if (buffer.length < limits.entries && chars < limits.chars) return;
      try {
        commit();
      } catch (error) {
        if (!isBpError(error, "journal/slow")) throw error; // the line is in the buffer; whoever must know commits
      }
    },
    commit,
    tidy: () => guarded(file, "write", () => db.exec("PRAGMA wal_checkpoint(PASSIVE)")),
    close: (summary) => {
      if (!open) return;
      try {
        wait(lastPatienceMs);
        commit();
        if (summary !== undefined) end(JSON.stringify(summary));
      } finally {
        open = false;
        tail?.close();
        lock.release();
      }
    },
  };
}

function lastEventOf(db: DatabaseSync, run: RunRecord): { readonly seq: number; readonly at: Millis } {
  const row = db
    .prepare("SELECT at, body FROM entry WHERE run = ? AND dir = 'in' ORDER BY seq DESC LIMIT 1")
    .get(run.id);
  if (row === undefined) return { seq: 0, at: run.started };
  const { seq } = JSON.parse(String(row["body"])) as { seq: number }; // an event, written by encode
  return { seq, at: millis(Number(row["at"])) };
}
