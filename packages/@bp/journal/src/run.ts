// What is known of a run: who traded, how it was set up, when it began and ended.
import type { DatabaseSync } from "node:sqlite";
import { BpError, type Instrument, type Millis, millis } from "@bp/core";
import { fromText, toText } from "./codec.ts";
import { damaged } from "./fault.ts";
import { rowSum } from "./sum.ts";

/** A run as it begins. */
export interface NewRun {
  /** Unique in the file; letters, digits, `.`, `_`, `-`. */
  readonly id: string;
  /** `live`, `paper`, `backtest` … */
  readonly mode: string;
  /** What must be equal for a run to be resumed: the account and the config, as one text. Also what is locked. */
  readonly key: string;
  readonly strategy: string;
  /** JSON: what a replay needs to make the same engine again (parameters, rules, limits). No secrets. */
  readonly params: unknown;
  /** The markets as they were at the start. */
  readonly instruments: readonly Instrument[];
  /** Of the program. */
  readonly version: string;
  readonly seed?: number | undefined;
  /** 0 to 255: the upper 8 bits of the run's order numbers. */
  readonly clientRun: number;
  readonly started: Millis;
}

/** A run as it is kept. */
export interface RunRecord extends NewRun {
  readonly seed: number | undefined;
  /** `undefined`: it has not been closed with a summary and may be resumed. */
  readonly ended: Millis | undefined;
  /** What the run was closed with, JSON; `undefined` while it is open. */
  readonly summary: unknown;
  /** How many lines it has; `undefined` before it has ended, and of version 1. */
  readonly lines: number | undefined;
  /** Since when its market facts are gone, so that it cannot be replayed; `undefined`: it is whole. */
  readonly compacted: Millis | undefined;
  /** Lines that compacting left. */
  readonly kept: number | undefined;
  /** Lines that were left when its end was found missing and that was accepted; it is not resumed. */
  readonly cut: number | undefined;
  /** What was kept with it when it was compacted, JSON. */
  readonly report: unknown;
}

/** All but the checksum, in the order in which they are summed. */
const summed = [
  ..."id number mode key strategy params instruments version seed client_run started ended summary".split(" "),
  ..."lines compacted kept cut report".split(" "),
] as const;
const columns = [...summed, "sum"].join(", ");

/** @throws BpError `journal/bad-run` for a run that cannot be kept */
export function checkRun(db: DatabaseSync, file: string, run: NewRun): void {
  const why = findRun(db, file, run.id) === undefined ? wrongWith(run) : "is there already";
  if (why !== undefined) throw new BpError("journal/bad-run", { run: run.id, why });
}

/** Writes a run that begins. */
export function insertRun(db: DatabaseSync, run: NewRun): void {
  db.prepare(
    `INSERT INTO run (number, id, mode, key, strategy, params, instruments, version, seed, client_run, started)
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM run), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    run.id,
    run.mode,
    run.key,
    run.strategy,
    JSON.stringify(run.params ?? null),
    toText("run.instruments", run.instruments),
    run.version,
    run.seed ?? null,
    run.clientRun,
    run.started,
  );
  sumRun(db, run.id);
}

/** What may still change of a run. */
interface Changes {
  readonly ended?: number;
  readonly summary?: string;
  readonly lines?: number;
  readonly compacted?: number;
  readonly kept?: number;
  readonly cut?: number;
  readonly report?: string | null;
}

/** Changes a run and its checksum. Call it in a transaction. */
export function changeRun(db: DatabaseSync, id: string, changes: Changes): void {
  const names = Object.keys(changes); // our own words
  db.prepare(`UPDATE run SET ${names.map((each) => `${each} = ?`).join(", ")} WHERE id = ?`).run(
    ...Object.values(changes),
    id,
  );
  sumRun(db, id);
}

/** Gives each run its checksum: those that were written without. */
export function sumRuns(db: DatabaseSync): void {
  for (const { id } of db.prepare("SELECT id FROM run").all()) sumRun(db, String(id));
}

function sumRun(db: DatabaseSync, id: string): void {
  const row = db.prepare(`SELECT ${columns} FROM run WHERE id = ?`).get(id);
  if (row !== undefined) db.prepare("UPDATE run SET sum = ? WHERE id = ?").run(sumOf(row), id);
}

/** A run as its row keeps it, for an export. */
export function rawRun(db: DatabaseSync, id: string): Readonly<Record<string, unknown>> {
  return { ...db.prepare(`SELECT ${summed.join(", ")} FROM run WHERE id = ?`).get(id) };
}

/** Writes a run that was exported. One that has not ended will not be resumed: it may go on where it came from. */
export function restoreRun(db: DatabaseSync, raw: Readonly<Record<string, unknown>>): void {
  const names = summed.filter((each) => each !== "number");
  const values = names.map((each) => {
    const value = raw[each];
    return typeof value === "string" || typeof value === "number" ? value : null;
  });
  db.prepare(
    `INSERT INTO run (number, ${names.join(", ")})
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM run), ${names.map(() => "?").join(", ")})`,
  ).run(...values);
  const id = String(raw["id"]);
  if (raw["ended"] === null && raw["cut"] === null) changeRun(db, id, { cut: 0 });
  else sumRun(db, id);
}

const sumOf = (row: Row) => rowSum(summed.map((each) => row[each]));

function wrongWith({ id, clientRun, seed }: NewRun): string | undefined {
  if (!/^[\w.-]{1,100}$/.test(id)) return "an id has 1 to 100 letters, digits, points, dashes";
  if (!Number.isInteger(clientRun) || clientRun < 0 || clientRun > 255)
    return `client run ${clientRun} is not 0 to 255`;
  if (seed !== undefined && !Number.isSafeInteger(seed)) return `seed ${seed} is not a whole number`;
  return undefined;
}

/** Reads one run. @throws BpError `journal/unreadable` when it is not what was written, as all that read runs */
export function findRun(db: DatabaseSync, file: string, id: string): RunRecord | undefined {
  const row = db.prepare(`SELECT ${columns} FROM run WHERE id = ?`).get(id);
  return row === undefined ? undefined : recordOf(row, file);
}

/** Reads all runs, the one that began last first. */
export function allRuns(db: DatabaseSync, file: string): readonly RunRecord[] {
  const rows = db.prepare(`SELECT ${columns} FROM run ORDER BY number DESC`).all();
  return rows.map((each) => recordOf(each, file));
}

/** The newest run of a key, if it may be resumed. */
export function unfinishedRun(db: DatabaseSync, file: string, key: string): RunRecord | undefined {
  const row = db.prepare(`SELECT ${columns} FROM run WHERE key = ? ORDER BY number DESC LIMIT 1`).get(key);
  return row === undefined || row["ended"] !== null || row["cut"] !== null ? undefined : recordOf(row, file);
}

type Row = ReturnType<ReturnType<DatabaseSync["prepare"]>["all"]>[number];

function recordOf(row: Row, file: string): RunRecord {
  if (row["sum"] !== sumOf(row)) throw damaged(file, `the record of run ${String(row["id"])} is not what was written`);
  const text = (name: string) => String(row[name]);
  const whole = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  const json = (name: string): unknown => (row[name] === null ? undefined : JSON.parse(text(name)));
  const moment = (name: string) => (row[name] === null ? undefined : millis(Number(row[name])));
  return {
    id: text("id"),
    mode: text("mode"),
    key: text("key"),
    strategy: text("strategy"),
    params: JSON.parse(text("params")),
    instruments: fromText(text("instruments")) as readonly Instrument[], // written by insertRun
    version: text("version"),
    seed: whole("seed"),
    clientRun: Number(row["client_run"]),
    started: millis(Number(row["started"])),
    ended: moment("ended"),
    summary: json("summary"),
    lines: whole("lines"),
    compacted: moment("compacted"),
    kept: whole("kept"),
    cut: whole("cut"),
    report: json("report"),
  };
}
