// What there is to ship: the committed lines of a journal, read by a connection of our own.
import type { DatabaseSync } from "node:sqlite";
import { guarded } from "../fault.ts";
import { openToRead } from "../file.ts";
import type { Row } from "../read.ts";
import { rawRun } from "../run.ts";

/** A run as its row keeps it. */
export type RawRun = Readonly<Record<string, unknown>>;

/** A line, as far as it is needed to compare it. */
export interface SumOfLine {
  readonly seq: number;
  /** `null`: written by version 1. */
  readonly sum: number | null;
}

/** A journal, to be read from while it is written. */
export interface Source {
  /** Tells this journal from all others. */
  readonly journal: string;
  /** All runs, the oldest first: id, last line, whether it has ended. */
  runs(): readonly { readonly id: string; readonly last: number; readonly ended: boolean }[];
  run(id: string): RawRun;
  /** Lines after `after`, so many at the most, and no more text than about `chars`. */
  lines(run: string, after: number, count: number, chars: number): readonly Row[];
  /** A line; `undefined` if it is not there. */
  lineAt(run: string, seq: number): SumOfLine | undefined;
  /** The last line up to this one; `undefined` if there is none. */
  lineUpTo(run: string, seq: number): SumOfLine | undefined;
  close(): void;
}

/** Opens it. @throws BpError `journal/unreadable` */
export function openSource(file: string): Source {
  const db = openToRead(file);
  const read = <T>(work: () => T): T => guarded(file, "read", work);
  const page = read(() => pageOf(db));
  return {
    journal: read(() => String(db.prepare("SELECT id FROM journal").get()?.["id"])),
    runs: () =>
      read(() =>
        db
          .prepare(
            `SELECT id, ended IS NOT NULL AS ended, (SELECT coalesce(max(seq), 0) FROM entry WHERE run = run.id) AS last
             FROM run ORDER BY number`,
          )
          .all()
          .map((row) => ({ id: String(row["id"]), last: Number(row["last"]), ended: row["ended"] === 1 })),
      ),
    run: (id) => read(() => rawRun(db, id)),
    lines: (run, after, count, chars) => read(() => page(run, after, count, chars)),
    lineAt: (run, seq) =>
      read(() => sumOf(db.prepare("SELECT seq, sum FROM entry WHERE run = ? AND seq = ?").get(run, seq))),
    lineUpTo: (run, seq) =>
      read(() =>
        sumOf(
          db.prepare("SELECT seq, sum FROM entry WHERE run = ? AND seq <= ? ORDER BY seq DESC LIMIT 1").get(run, seq),
        ),
      ),
    close: () => db.close(),
  };
}

function sumOf(row: Readonly<Record<string, unknown>> | undefined): SumOfLine | undefined {
  return row as SumOfLine | undefined; // the table is strict
}

function pageOf(db: DatabaseSync) {
  const select = db.prepare(
    "SELECT seq, at, dir, type, body, sum FROM entry WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  return (run: string, after: number, count: number, chars: number): readonly Row[] => {
    const rows: Row[] = [];
    let taken = 0;
    for (const row of select.iterate(run, after, count)) {
      const { seq, at, dir, type, body, sum } = row;
      rows.push({ seq, at, dir, type, body, sum: sum ?? undefined } as Row); // the table is strict
      taken += String(body).length;
      if (taken >= chars) break;
    }
    return rows;
  };
}
