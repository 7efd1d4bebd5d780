// Appending to a run: a buffer in memory, one transaction a batch.
import type { DatabaseSync } from "node:sqlite";
import { BpError, type Entry, type Journal, type Millis, millis } from "@bp/core";
import { type Encoded, encode } from "./codec.ts";
import { guarded } from "./fault.ts";
import type { Lock } from "./lock.ts";
import type { RunRecord } from "./run.ts";

/** The journal of one run, open for writing. Everything is synchronous. */
export interface RunJournal extends Journal {
  readonly run: RunRecord;
  /** Lines so far, the buffered ones included. */
  readonly lines: number;
  /** `seq` of the newest event, 0 before the first: what the driver counts on from after a resume. */
  readonly lastEvent: number;
  /** Adds to the buffer. A full buffer (by count or by size) is committed by itself. */
  append(entry: Entry): void;
  /** Writes the buffer in one transaction. What fails stays in the buffer, and nothing of it is in the file. */
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
}

interface Line extends Encoded {
  readonly at: number;
}

/** Opens a run for writing, after what it holds already. The lock is the caller's to take, ours to release. */
export function runJournal(db: DatabaseSync, file: string, run: RunRecord, limits: Limits, lock: Lock): RunJournal {
  const insert = db.prepare("INSERT INTO entry (run, seq, at, dir, type, body) VALUES (?, ?, ?, ?, ?, ?)");
  let written = Number(db.prepare("SELECT max(seq) AS seq FROM entry WHERE run = ?").get(run.id)?.["seq"] ?? 0);
  const last = lastEventOf(db, run);
  let lastEvent = last.seq;
  let at = last.at;
  let buffer: Line[] = [];
  let chars = 0;
  let open = true;

  const commit = () => {
    if (buffer.length === 0) return;
    guarded(file, "write", () => {
      db.exec("BEGIN IMMEDIATE");
      try {
        let seq = written;
        for (const { at, dir, type, body } of buffer) insert.run(run.id, ++seq, at, dir, type, body);
        db.exec("COMMIT");
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    });
    written += buffer.length;
    buffer = [];
    chars = 0;
  };

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
      if (buffer.length >= limits.entries || chars >= limits.chars) commit();
    },
    commit,
    tidy: () => guarded(file, "write", () => db.exec("PRAGMA wal_checkpoint(PASSIVE)")),
    close: (summary) => {
      if (!open) return;
      try {
        commit();
        if (summary !== undefined)
          guarded(file, "write", () =>
            db
              .prepare("UPDATE run SET ended = ?, summary = ? WHERE id = ?")
              .run(Math.max(at, run.started), JSON.stringify(summary), run.id),
          );
      } finally {
        open = false;
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
