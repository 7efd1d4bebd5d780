// Reading a run from its first line or from any other, a page at a time.
import type { DatabaseSync } from "node:sqlite";
import { BpError, type Entry, type Millis, millis } from "@bp/core";
import { decode, type Encoded } from "./codec.ts";
import { damaged, guarded } from "./fault.ts";
import type { RunRecord } from "./run.ts";
import { lineSum } from "./sum.ts";

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

/**
 * Walks through a run in order. Sees what was committed, also while it is being written.
 *
 * @throws BpError `journal/unreadable` at a line that is missing, does not parse or is not what was written
 */
export function* readLines(db: DatabaseSync, file: string, run: RunRecord, from: number): Generator<Line, void> {
  let count = 0;
  let last = from - 1;
  for (const row of readRows(db, file, run.id, from)) {
    if (run.compacted === undefined && row.seq !== last + 1) throw missing(file, run.id, last + 1);
    last = row.seq;
    count += 1;
    yield lineOf(row, file, run.id);
  }
  const { lines, compacted, kept } = run;
  if (compacted === undefined ? lines !== undefined && last < lines : from <= 1 && kept !== undefined && count < kept)
    throw missing(file, run.id, last + 1);
}

/** A line as the table has it. */
export interface Row extends Encoded {
  readonly seq: number;
  readonly at: number;
  /** `undefined`: written by version 1. */
  readonly sum: number | undefined;
}

/** The rows of a run as they are. */
export function* readRows(db: DatabaseSync, file: string, run: string, from: number): Generator<Row, void> {
  const select = guarded(file, "read", () =>
    db.prepare("SELECT seq, at, dir, type, body, sum FROM entry WHERE run = ? AND seq >= ? ORDER BY seq LIMIT ?"),
  );
  let next = from;
  for (;;) {
    const rows = guarded(file, "read", () => select.all(run, next, page));
    for (const row of rows) yield rowOf(row);
    if (rows.length < page) return;
    next = Number(rows.at(-1)?.["seq"]) + 1;
  }
}

function rowOf(row: Readonly<Record<string, unknown>>): Row {
  return {
    seq: Number(row["seq"]),
    at: Number(row["at"]),
    dir: row["dir"] as Entry["dir"], // the table checks it
    type: String(row["type"]),
    body: String(row["body"]),
    sum: row["sum"] === null ? undefined : Number(row["sum"]),
  };
}

/** Reads a row. @throws BpError `journal/unreadable` when it does not parse or is not what was written */
export function lineOf(row: Row, file: string, run: string): Line {
  const { seq, at, sum } = row;
  if (sum !== undefined && sum !== lineSum(run, seq, at, row))
    throw damaged(file, `line ${seq} of run ${run} is not what was written`);
  try {
    return { seq, at: millis(at), entry: decode(row) };
  } catch (error) {
    throw new BpError(
      "journal/unreadable",
      { file, why: `line ${seq} of run ${run} does not parse` },
      { cause: error },
    );
  }
}

const missing = (file: string, run: string, seq: number) => damaged(file, `line ${seq} of run ${run} is missing`);
