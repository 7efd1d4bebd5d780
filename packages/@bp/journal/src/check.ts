// Looking a journal through from end to end, for a person.
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isBpError } from "@bp/core";
import { guarded } from "./fault.ts";
import { opened } from "./file.ts";
import { lineOf, readRows } from "./read.ts";
import { allRuns, type RunRecord } from "./run.ts";
import { check } from "./schema.ts";
import { cutRuns } from "./sound.ts";
import { tailsOf } from "./tail.ts";

/** What a journal is found to be. */
export interface JournalCheck {
  readonly file: string;
  /** Of the file and of its log, in bytes. */
  readonly bytes: number;
  readonly logBytes: number;
  /** Of the schema; `undefined`: it could not be read. */
  readonly version: number | undefined;
  readonly runs: readonly CheckedRun[];
  /** What is wrong, in words; empty: it is whole. */
  readonly findings: readonly string[];
}

/** A run, as it was found. */
export interface CheckedRun {
  readonly id: string;
  /** `unfinished`: it may be resumed, or is being written; `compacted`: it cannot be replayed; `cut`: it lost its end. */
  readonly state: "ended" | "unfinished" | "compacted" | "cut";
  readonly lines: number;
}

/** Findings of one run that are told one by one; of the others their number. */
const most = 5;

/**
 * Reads everything: pages, indices, tables, each line with its checksum, gaps, and whether the end is there. Takes no lock and
 * changes nothing; a run may be written meanwhile. Takes about as long as a replay.
 *
 * @throws nothing that is wrong with the file: that is what it tells
 */
export function checkJournal(file: string): JournalCheck {
  const path = resolve(file);
  const findings: string[] = [];
  const runs: CheckedRun[] = [];
  let version: number | undefined;
  const sizeOf = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  const tell = (work: () => void) => {
    try {
      guarded(path, "read", work);
    } catch (error) {
      if (!isBpError(error)) throw error;
      findings.push("why" in error.context ? error.context.why : error.message);
    }
  };
  if (!existsSync(path)) findings.push("there is no such file");
  else
    tell(() => {
      const tails = tailsOf(path);
      const db = opened(path, true, (found) => {
        version = check(found, path);
      });
      try {
        tell(() => findings.push(...faultsOf(db)));
        if (version === 0 && tails.length === 0) findings.push("it is empty");
        tell(() =>
          findings.push(
            ...cutRuns(db, path, tails, version ?? 0).map(
              ({ run, seq, left }) => `run ${run} has ${left} lines of ${seq}: its end was cut off`,
            ),
          ),
        );
        if (version === 1) findings.push("it is of version 1, without checksums: the next start brings it up to date");
        else if (version !== 0)
          tell(() => {
            for (const run of allRuns(db, path)) runs.push(readThrough(db, path, run, findings));
          });
      } finally {
        db.close();
      }
    });
  return { file: path, bytes: sizeOf(path), logBytes: sizeOf(`${path}-wal`), version, runs, findings };
}

function faultsOf(db: DatabaseSync): readonly string[] {
  const rows = db.prepare(`PRAGMA integrity_check(${most})`).all();
  return rows.map((each) => String(Object.values(each)[0])).filter((each) => each !== "ok");
}

function readThrough(db: DatabaseSync, file: string, run: RunRecord, findings: string[]): CheckedRun {
  const { id, ended, compacted, cut, kept } = run;
  let count = 0;
  let last = 0;
  let wrong = 0;
  const tell = (what: string) => {
    wrong += 1;
    if (wrong <= most) findings.push(what);
  };
  for (const row of readRows(db, file, id, 1)) {
    if (compacted === undefined && row.seq !== last + 1)
      tell(
        `run ${id}: ${row.seq === last + 2 ? `line ${last + 1} is` : `lines ${last + 1} to ${row.seq - 1} are`} missing`,
      );
    last = row.seq;
    count += 1;
    try {
      lineOf(row, file, id);
    } catch (error) {
      if (!isBpError(error, "journal/unreadable")) throw error;
      tell(`run ${id}: line ${row.seq} is not what was written`);
    }
  }
  if (compacted === undefined && run.lines !== undefined && last < run.lines)
    tell(`run ${id}: its last ${run.lines - last} lines are missing`);
  if (compacted !== undefined && kept !== undefined && count < kept)
    tell(`run ${id}: ${kept - count} lines are missing`);
  if (wrong > most) findings.push(`run ${id}: and ${wrong - most} more`);
  const state =
    cut !== undefined ? "cut" : compacted !== undefined ? "compacted" : ended !== undefined ? "ended" : "unfinished";
  return { id, state, lines: count };
}
