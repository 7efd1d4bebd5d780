// A run as text, and back: to be looked at, sent to somebody, or read into another journal.
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { guarded } from "./fault.ts";
import { openToRead, openToWrite } from "./file.ts";
import { holdAll } from "./lock.ts";
import { type Row, readRows } from "./read.ts";
import { findRun, rawRun, restoreRun } from "./run.ts";
import { lineSum } from "./sum.ts";

/** `jsonl` is lossless and can be imported; `csv` is for tables. */
export type ExportFormat = "jsonl" | "csv";

/**
 * The lines of a run as text, one after the other, each with its line end. Of a journal whose end was cut off, what is there.
 *
 * @throws BpError `journal/no-run`, `journal/unreadable`
 */
export function* exportRun(file: string, run: string, format: ExportFormat): Generator<string, void> {
  const path = resolve(file);
  const db = openToRead(path, "as it is");
  try {
    if (findRun(db, path, run) === undefined) throw new BpError("journal/no-run", { run, known: [] });
    yield format === "jsonl"
      ? `${JSON.stringify({ bpJournal: 1, run: rawRun(db, run) })}\n`
      : "seq,at,time,dir,type,body\r\n";
    let count = 0;
    for (const row of readRows(db, path, run, 1)) {
      count += 1;
      yield format === "jsonl" ? jsonOf(row) : csvOf(row);
    }
    if (format === "jsonl") yield `${JSON.stringify({ end: count })}\n`;
  } finally {
    db.close();
  }
}

/** The body is JSON as it stands in the journal, byte for byte. */
const jsonOf = ({ seq, at, dir, type, body, sum }: Row) =>
  `{"seq":${seq},"at":${at},"dir":"${dir}","type":${JSON.stringify(type)},"sum":${sum ?? null},"body":${body}}\n`;

const csvOf = ({ seq, at, dir, type, body }: Row) =>
  `${[seq, at, new Date(at).toISOString(), dir, quoted(type), quoted(body)].join(",")}\r\n`;

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Reads a run that was exported as `jsonl` into a journal: all of it or nothing. One that has not ended is not resumed there.
 *
 * @param source - for complaints
 * @returns its id and its lines
 * @throws BpError `journal/bad-run` if it is there already, or the text is no export, damaged or cut off; `journal/locked` while a run
 *   of the journal is being written
 */
export async function importRun(
  file: string,
  lines: AsyncIterable<string> | Iterable<string>,
  source: string,
): Promise<{ readonly run: string; readonly lines: number }> {
  const path = resolve(file);
  const db = openToWrite(path, "normal");
  const lock = holdAll(path);
  try {
    if (lock === undefined) throw new BpError("journal/locked", { file: path, owner: "a bot that writes to it" });
    db.exec("BEGIN IMMEDIATE");
    const found = await take(db, path, lines, source);
    guarded(path, "write", () => db.exec("COMMIT"));
    return found;
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
    lock?.release();
    db.close();
  }
}

async function take(db: DatabaseSync, file: string, lines: AsyncIterable<string> | Iterable<string>, source: string) {
  const bad = (why: string) => new BpError("journal/bad-run", { run: source, why });
  const insert = db.prepare("INSERT INTO entry (run, seq, at, dir, type, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?)");
  let run: string | undefined;
  let count = 0;
  let isWhole = false;
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const value = parsed(line, bad);
    if (run === undefined) {
      const raw = value["run"];
      if (value["bpJournal"] !== 1 || typeof raw !== "object" || raw === null)
        throw bad("is no export of a run (jsonl)");
      const record: Record<string, unknown> = { ...raw };
      run = String(record["id"]);
      if (findRun(db, file, run) !== undefined) throw new BpError("journal/bad-run", { run, why: "is there already" });
      guarded(file, "write", () => restoreRun(db, record));
    } else if ("end" in value) {
      isWhole = value["end"] === count;
      if (!isWhole) throw bad(`has ${count} lines of ${String(value["end"])}`);
    } else {
      const row = rowOf(value);
      if (row.sum !== undefined && row.sum !== lineSum(run, row.seq, row.at, row))
        throw bad(`line ${row.seq} is not what was exported`);
      const { seq, at, dir, type, body } = row;
      guarded(file, "write", () => insert.run(run ?? "", seq, at, dir, type, body, row.sum ?? null));
      count += 1;
    }
  }
  if (run === undefined || !isWhole) throw bad("was cut off: its last line is missing");
  return { run, lines: count };
}

function parsed(line: string, bad: (why: string) => BpError): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // told below
  }
  throw bad("has a line that is no JSON object");
}

function rowOf(value: Readonly<Record<string, unknown>>): Row {
  const { seq, at, dir, type, body, sum } = value;
  return {
    seq: Number(seq),
    at: Number(at),
    dir: dir as Row["dir"], // the table checks it
    type: String(type),
    body: JSON.stringify(body),
    sum: typeof sum === "number" ? sum : undefined,
  };
}
