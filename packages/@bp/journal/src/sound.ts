// Whether a journal is whole, found out before anything relies on it.
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { damaged } from "./fault.ts";
import { allRuns, findRun } from "./run.ts";
import { schemaVersion } from "./schema.ts";
import { type Tail, tailsOf } from "./tail.ts";

/** A file up to this size is looked through page by page (100 MB: 0.3 to 0.5 s); of a larger one what a start needs. In bytes. */
const whole = 100_000_000;

/** All tables but the entries: a few pages. Their indices are compared with them: what is looked up must be found. */
const small = ["run", "client_run", "owner"] as const;

/**
 * Looks for damage: in a journal that is found broken only when it is read, a start would have sent something before.
 *
 * @throws BpError `journal/unreadable`; what SQLite itself complains about while it looks
 */
export function checkSound(db: DatabaseSync, file: string): void {
  for (const table of small)
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) !== undefined)
      look(db, file, `integrity_check(${table})`);
  if (statSync(file).size <= whole) {
    look(db, file, "quick_check(1)");
    return;
  }
  // Every page of the newest run, the ones that are read when it goes on and the one that is written next among them.
  db.prepare("SELECT sum(length(body)) FROM entry WHERE run = (SELECT id FROM run ORDER BY number DESC LIMIT 1)").get();
}

function look(db: DatabaseSync, file: string, pragma: string): void {
  const found = Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
  if (found !== "ok") throw damaged(file, String(found));
}

/** A run whose end is missing. */
export interface Cut extends Tail {
  /** Lines that are there. */
  readonly left: number;
}

/**
 * The runs that had come further than the journal has them.
 *
 * @param tails - read before the journal, which another process may be writing
 * @param version - of the file; 0 for an empty one
 */
export function cutRuns(db: DatabaseSync, file: string, tails: readonly Tail[], version: number): readonly Cut[] {
  return tails.flatMap((tail) => {
    if (version < schemaVersion) return version === 0 ? [{ ...tail, left: 0 }] : []; // version 1 left no witness
    const run = findRun(db, file, tail.run);
    const left = Number(db.prepare("SELECT max(seq) AS seq FROM entry WHERE run = ?").get(tail.run)?.["seq"] ?? 0);
    return run?.cut === undefined && (run === undefined || left < tail.seq) ? [{ ...tail, left }] : [];
  });
}

/** @throws BpError `journal/unreadable` for a journal whose end is missing, and for a record of a run that is not what was written */
export function checkWhole(db: DatabaseSync, file: string, version: number, tails = tailsOf(file)): void {
  const [cut] = cutRuns(db, file, tails, version);
  if (cut !== undefined) {
    const lost =
      cut.left === 0
        ? `run ${cut.run} is missing`
        : `lines ${cut.left + 1} to ${cut.seq} of run ${cut.run} are missing`;
    throw new BpError("journal/unreadable", {
      file,
      why: `its end was cut off: ${lost} (a copy without its -wal file, a power cut, a fault of the disk); put the missing file back, or look at your open orders and go on without them: bot journal accept`,
    });
  }
  if (version === schemaVersion) allRuns(db, file);
}
