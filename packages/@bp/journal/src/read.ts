// Reading a run from its first line or from any other, a page at a time.
import type { DatabaseSync } from "node:sqlite";
import { BpError, type Entry, type Millis, millis } from "@bp/core";
import { decode } from "./codec.ts";
import { guarded } from "./fault.ts";

/** A line of a run. */
export interface Line {
  /** The journal's own number, 1, 2, 3 … in a run without a gap. Events carry another one, their own `seq`. */
  readonly seq: number;
  /** When it reached us; of commands and notes: the time of the event before them. */
  readonly at: Millis;
  /** Equal to what was appended. */
  readonly entry: Entry;
}

/** Lines held in memory at once. No read transaction stays open between two pages. */
const page = 1_000;

/** Walks through a run in order. Sees what was committed, also while it is being written. */
export function* readLines(db: DatabaseSync, file: string, run: string, from: number): Generator<Line, void> {
  const select = guarded(file, "read", () =>
    db.prepare("SELECT seq, at, dir, type, body FROM entry WHERE run = ? AND seq >= ? ORDER BY seq LIMIT ?"),
  );
  let next = from;
  for (;;) {
    const rows = guarded(file, "read", () => select.all(run, next, page));
    for (const row of rows) yield lineOf(row, file, run);
    if (rows.length < page) return;
    next = Number(rows.at(-1)?.["seq"]) + 1;
  }
}

function lineOf(row: Readonly<Record<string, unknown>>, file: string, run: string): Line {
  const seq = Number(row["seq"]);
  try {
    const entry = decode({ dir: row["dir"] as Entry["dir"], type: String(row["type"]), body: String(row["body"]) }); // the table checks dir
    return { seq, at: millis(Number(row["at"])), entry };
  } catch (error) {
    throw new BpError(
      "journal/unreadable",
      { file, why: `line ${seq} of run ${run} does not parse` },
      { cause: error },
    );
  }
}
