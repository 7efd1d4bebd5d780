// Making a journal smaller: ended runs lose what the market told, and keep what was decided, ordered and traded.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { guarded, isBusy } from "./fault.ts";
import { openToWrite } from "./file.ts";
import { holdAll } from "./lock.ts";
import { type Line, readLines } from "./read.ts";
import { allRuns, changeRun, type RunRecord } from "./run.ts";
import { marketFacts } from "./schema.ts";
import { within } from "./within.ts";

/** What is made smaller. */
export interface CompactOptions {
  /** Runs that ended before this moment, ms. Runs that have not ended are never touched. */
  readonly before: number;
  /** Now, ms: kept with each run. */
  readonly now: number;
  /** JSON that is kept with a run although it can no longer be made of its lines, such as its figures. */
  readonly reportOf?: (run: RunRecord, lines: Iterable<Line>) => unknown;
}

/** What became of it. */
export interface Compacted {
  /** The runs that were compacted. */
  readonly runs: readonly string[];
  /** Lines that were dropped. */
  readonly dropped: number;
  /** Bytes that the file has lost. */
  readonly freed: number;
  /** False: a run is being written, so the space stays in the file and is used for what comes. */
  readonly vacuumed: boolean;
}

/** Lines dropped in one transaction: a bot that writes to the same file waits some ms at the most. */
const page = 2_000;

/**
 * Drops books, trades, marks and beats of ended runs. A compacted run says so (`compacted`) and cannot be replayed. Each run is
 * read through first, so nothing is dropped of one that is damaged. It is marked before its lines go, a page at a time: killed
 * at any moment, nothing is lost that is to be kept, and the next call goes on.
 *
 * @throws BpError `journal/unreadable`, `journal/write`
 */
export function compactJournal(file: string, options: CompactOptions): Compacted {
  const path = resolve(file);
  const db = openToWrite(path, "normal");
  try {
    return guarded(path, "write", () => compact(db, path, options));
  } finally {
    db.close();
  }
}

const listed = marketFacts.map((each) => `'${each}'`).join(", ");

function compact(db: DatabaseSync, file: string, { before, now, reportOf }: CompactOptions): Compacted {
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const bytes = statSync(file).size;
  const runs: string[] = [];
  let dropped = 0;
  for (const run of allRuns(db, file)) {
    if (run.ended === undefined || run.ended >= before) continue;
    const last = Number(db.prepare("SELECT max(seq) AS seq FROM entry WHERE run = ?").get(run.id)?.["seq"] ?? 0);
    if (run.compacted === undefined) mark(db, file, { run, last, now, reportOf });
    const gone = drop(db, run.id, last);
    dropped += gone;
    if (run.compacted === undefined || gone > 0) runs.push(run.id);
  }
  const vacuumed = runs.length > 0 && vacuum(db, file);
  return { runs, dropped, freed: vacuumed ? bytes - statSync(file).size : 0, vacuumed };
}

interface Marking {
  readonly run: RunRecord;
  readonly last: number;
  readonly now: number;
  readonly reportOf: CompactOptions["reportOf"];
}

function mark(db: DatabaseSync, file: string, { run, last, now, reportOf }: Marking): void {
  const kinds: ReadonlySet<string> = new Set(marketFacts);
  let kept = 0;
  for (const { seq, entry } of readLines(db, file, run, 1))
    if (entry.dir !== "in" || !kinds.has(entry.event.type) || seq === last) kept += 1;
  const report = reportOf === undefined ? null : JSON.stringify(reportOf(run, readLines(db, file, run, 1)) ?? null);
  within(db, () => changeRun(db, run.id, { compacted: now, kept, report }));
}

/** The last line stays, whatever it is: it tells how far the run had come. */
function drop(db: DatabaseSync, run: string, last: number): number {
  const remove = db.prepare(`DELETE FROM entry WHERE run = ? AND seq >= ? AND seq < ? AND type IN (${listed})`);
  let gone = 0;
  for (let from = 1; from < last; from += page)
    gone += within(db, () => Number(remove.run(run, from, Math.min(from + page, last)).changes));
  return gone;
}

/** Gives the space back, unless a run is being written: it would have to wait for all of it. */
function vacuum(db: DatabaseSync, file: string): boolean {
  const lock = holdAll(file);
  if (lock === undefined) return false;
  try {
    db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    return true;
  } catch (error) {
    if (isBusy(error)) return false; // somebody reads or begins
    throw error;
  } finally {
    lock.release();
  }
}
