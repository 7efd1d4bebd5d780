// What is known of a run: who traded, how it was set up, when it began and ended.
import type { DatabaseSync } from "node:sqlite";
import { BpError, type Instrument, type Millis, millis } from "@bp/core";
import { fromText, toText } from "./codec.ts";

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
}

const columns = "id, mode, key, strategy, params, instruments, version, seed, client_run, started, ended, summary";

/** @throws BpError `journal/bad-run` for a run that cannot be kept */
export function checkRun(db: DatabaseSync, run: NewRun): void {
  const why = findRun(db, run.id) === undefined ? wrongWith(run) : "is there already";
  if (why !== undefined) throw new BpError("journal/bad-run", { run: run.id, why });
}

/** Writes a run that begins. */
export function insertRun(db: DatabaseSync, run: NewRun): void {
  db.prepare(
    `INSERT INTO run (number, ${columns})
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM run), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)`,
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
}

function wrongWith({ id, clientRun, seed }: NewRun): string | undefined {
  if (!/^[\w.-]{1,100}$/.test(id)) return "an id has 1 to 100 letters, digits, points, dashes";
  if (!Number.isInteger(clientRun) || clientRun < 0 || clientRun > 255)
    return `client run ${clientRun} is not 0 to 255`;
  if (seed !== undefined && !Number.isSafeInteger(seed)) return `seed ${seed} is not a whole number`;
  return undefined;
}

/** Reads one run. */
export function findRun(db: DatabaseSync, id: string): RunRecord | undefined {
  const row = db.prepare(`SELECT ${columns} FROM run WHERE id = ?`).get(id);
  return row === undefined ? undefined : recordOf(row);
}

/** Reads all runs, the one that began last first. */
export function allRuns(db: DatabaseSync): readonly RunRecord[] {
  return db.prepare(`SELECT ${columns} FROM run ORDER BY number DESC`).all().map(recordOf);
}

/** The newest run of a key, if it may be resumed. */
export function unfinishedRun(db: DatabaseSync, key: string): RunRecord | undefined {
  const row = db.prepare(`SELECT ${columns} FROM run WHERE key = ? ORDER BY number DESC LIMIT 1`).get(key);
  return row === undefined || row["ended"] !== null ? undefined : recordOf(row);
}

type Row = ReturnType<ReturnType<DatabaseSync["prepare"]>["all"]>[number];

function recordOf(row: Row): RunRecord {
  const text = (name: string) => String(row[name]);
  const whole = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  const ended = whole("ended");
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
    ended: ended === undefined ? undefined : millis(ended),
    summary: row["summary"] === null ? undefined : JSON.parse(text("summary")),
  };
}
