// Going on with a journal whose end is missing.
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { guarded } from "./fault.ts";
import { opened } from "./file.ts";
import { changeRun, findRun } from "./run.ts";
import { check, migrate } from "./schema.ts";
import { type Cut, checkSound, cutRuns } from "./sound.ts";
import { rowSum } from "./sum.ts";
import { dropTails, tailsOf } from "./tail.ts";
import { within } from "./within.ts";

/** The number that was given last, round the circle of 256: what the file says, or that of a run which lost its end and is later. */
function latest(db: DatabaseSync, cuts: readonly Cut[]): number {
  const row = db.prepare("SELECT number FROM client_run").get();
  const said = row === undefined ? cuts[0]?.clientRun : Number(row["number"]);
  const from = said ?? 0;
  const ahead = cuts.map(({ clientRun }) => (clientRun - from + 256) % 256).filter((steps) => steps < 128);
  return from + Math.max(0, ...ahead);
}

/** Runs that are gone whole may have used as many numbers after the last one that the journal knows. */
const skipped = 16;

/**
 * Takes what is left of a journal for the whole: the runs that lost their end are never resumed (they would give their orders
 * numbers that are used), and the next run takes a number that none of them had. Their lines stay to be read.
 *
 * @returns what was cut off; empty where nothing was
 * @throws BpError `journal/unreadable` for a journal that is damaged in another way
 */
export function acceptCut(file: string): readonly Cut[] {
  const path = resolve(file);
  return guarded(path, "write", () => {
    const tails = tailsOf(path);
    let version = 0;
    const db = opened(path, false, (found) => {
      version = check(found, path);
      checkSound(found, path);
    });
    try {
      const cuts = cutRuns(db, path, tails, version);
      if (cuts.length === 0) return [];
      migrate(db, path);
      within(db, () => {
        for (const { run, left } of cuts) if (findRun(db, path, run) !== undefined) changeRun(db, run, { cut: left });
        const next = (latest(db, cuts) + skipped) % 256;
        db.exec("DELETE FROM client_run");
        db.prepare("INSERT INTO client_run VALUES (?, ?)").run(next, rowSum([next]));
      });
      dropTails(path);
      return cuts;
    } finally {
      db.close();
    }
  });
}
