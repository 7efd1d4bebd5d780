// Sweeps and their trials in a journal's file: each result once, whoever brings it and however often.
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { damaged, guarded } from "../fault.ts";
import { openToRead, openToWrite } from "../file.ts";
import { type Lock, takeLock } from "../lock.ts";
import { rowSum } from "../sum.ts";
import { within } from "../within.ts";
import { isSame, type KeptTrial, resultOf, rowOf, trialOf, trialSum } from "./row.ts";
import { hasSweeps, makeSweeps } from "./tables.ts";

/** A sweep as it begins. */
export interface NewSweep {
  /** Equal for equal questions to equal data: what is gone on with. */
  readonly id: string;
  /** For a person. */
  readonly name: string;
  /** JSON. No secrets. */
  readonly spec: unknown;
  /** Of the program. */
  readonly version: string;
  /** ms since 1970. */
  readonly started: number;
}

/** A sweep as it is kept. */
export interface SweepRecord extends NewSweep {
  /** Trials that it has. */
  readonly trials: number;
}

/** What became of results that were put. */
export interface PutTrials {
  readonly added: number;
  /** There already, and the same. */
  readonly equal: number;
  /** There already, and another: the first one stays, the second one is kept beside it. */
  readonly differing: readonly KeptTrial[];
}

/** A sweep that is being made. One process at a time. */
export interface OpenSweep {
  readonly record: SweepRecord;
  /** A result that is known, of this sweep or another; it is one of this sweep's from now on. */
  take(key: string): KeptTrial | undefined;
  /** Keeps results in one transaction. A failed one makes room for whatever comes after it. */
  put(trials: readonly KeptTrial[]): PutTrials;
  close(): void;
}

/** The sweeps of a journal. */
export interface SweepStore {
  readonly file: string;
  /**
   * Begins a sweep, or goes on with it.
   *
   * @throws BpError `journal/locked` while another process makes it
   */
  begin(sweep: NewSweep): OpenSweep;
  /** The newest first. */
  sweeps(): readonly SweepRecord[];
  /** Its trials in the order in which they came, a few at a time. @throws BpError `journal/unreadable` for a damaged one */
  trials(id: string): Iterable<KeptTrial>;
  /** Second results of its trials that were others than the first. */
  differing(id: string): number;
  close(): void;
}

const page = 500;

/**
 * Opens the sweeps of a journal's file; the file, and the tables in it, are made if need be.
 *
 * @throws BpError `journal/unreadable`, `journal/write` as `openJournal`
 * @example
 * const sweep = openSweeps("runs/journal.sqlite").begin({ id, name: "maker.yaml", spec, version, started: Date.now() });
 * sweep.put([{ key, part, values, outcome, ms: 40, worker: "thread 1" }]);
 */
export function openSweeps(file: string, options: { readonly access?: "read" | "write" } = {}): SweepStore {
  const path = file === ":memory:" ? file : resolve(file);
  const isReading = options.access === "read";
  const db = isReading ? openToRead(path) : openToWrite(path, "normal");
  try {
    const there = guarded(path, isReading ? "read" : "write", () => {
      if (!isReading) makeSweeps(db, path);
      return hasSweeps(db, path);
    });
    return storeOf(db, path, there);
  } catch (error) {
    db.close();
    throw error;
  }
}

function storeOf(db: DatabaseSync, file: string, there: boolean): SweepStore {
  const open = new Set<OpenSweep>();
  return {
    file,
    begin: (sweep) =>
      guarded(file, "write", () => {
        const lock = takeLock(db, file, `sweep ${sweep.id}`, `sweep ${sweep.id}`);
        try {
          const opened = openOf(db, file, recordOf(db, file, sweep), lock);
          open.add(opened);
          return opened;
        } catch (error) {
          lock.release();
          throw error;
        }
      }),
    sweeps: () =>
      there
        ? guarded(file, "read", () => db.prepare("SELECT * FROM sweep ORDER BY number DESC").all()).map((row) =>
            recorded(db, file, row),
          )
        : [],
    trials: (id) => ({ [Symbol.iterator]: () => (there ? walk(db, file, id) : [][Symbol.iterator]()) }),
    differing: (id) =>
      there
        ? Number(
            db.prepare("SELECT count(*) AS n FROM trial_second JOIN sweep_trial USING (key) WHERE sweep = ?").get(id)?.[
              "n"
            ],
          )
        : 0,
    close: () => {
      for (const each of open) each.close();
      if (db.isOpen) db.close();
    },
  };
}

function recordOf(db: DatabaseSync, file: string, sweep: NewSweep): SweepRecord {
  within(db, () => {
    if (db.prepare("SELECT 1 FROM sweep WHERE id = ?").get(sweep.id) !== undefined) return;
    const number = Number(db.prepare("SELECT coalesce(max(number), 0) + 1 AS n FROM sweep").get()?.["n"]);
    const values = [
      sweep.id,
      number,
      sweep.name,
      JSON.stringify(sweep.spec ?? null),
      sweep.version,
      sweep.started,
    ] as const;
    db.prepare("INSERT INTO sweep VALUES (?, ?, ?, ?, ?, ?, ?)").run(...values, rowSum(values));
  });
  const row = db.prepare("SELECT * FROM sweep WHERE id = ?").get(sweep.id);
  if (row === undefined) throw new BpError("journal/write", { file, why: `sweep ${sweep.id} was not kept` });
  return recorded(db, file, row);
}

function recorded(db: DatabaseSync, file: string, row: Readonly<Record<string, unknown>>): SweepRecord {
  const { id, number, name, spec, version, started, sum } = row;
  if (sum !== rowSum([id, number, name, spec, version, started]))
    throw damaged(file, `sweep ${String(id)} is not what was written`);
  const trials = Number(db.prepare("SELECT count(*) AS n FROM sweep_trial WHERE sweep = ?").get(String(id))?.["n"]);
  return {
    id: String(id),
    name: String(name),
    spec: JSON.parse(String(spec)) as unknown,
    version: String(version),
    started: Number(started),
    trials,
  };
}

function* walk(db: DatabaseSync, file: string, id: string): Generator<KeptTrial, void> {
  const select = db.prepare(
    "SELECT place, trial.* FROM sweep_trial JOIN trial USING (key) WHERE sweep = ? AND place > ? ORDER BY place LIMIT ?",
  );
  for (let last = 0; ; ) {
    const rows = guarded(file, "read", () => select.all(id, last, page));
    for (const row of rows) yield trialOf(file, row);
    if (rows.length < page) return;
    last = Number(rows.at(-1)?.["place"]);
  }
}

function openOf(db: DatabaseSync, file: string, record: SweepRecord, lock: Lock): OpenSweep {
  const find = db.prepare("SELECT * FROM trial WHERE key = ?");
  const insert = db.prepare("INSERT OR REPLACE INTO trial VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const second = db.prepare("INSERT INTO trial_second VALUES (?, ?, ?, ?, ?, ?, ?)");
  const joins = db.prepare("INSERT OR IGNORE INTO sweep_trial VALUES (?, ?, ?)");
  let place = Number(
    db.prepare("SELECT coalesce(max(place), 0) AS n FROM sweep_trial WHERE sweep = ?").get(record.id)?.["n"],
  );
  const join = (key: string) => {
    if (joins.run(record.id, place + 1, key).changes > 0) place += 1;
  };
  const putOne = (trial: KeptTrial, counts: { added: number; equal: number }, differing: KeptTrial[]) => {
    const row = rowOf(trial);
    const { outcome, returns, failed, ms, worker } = row;
    const [part, values] = [JSON.stringify(trial.part ?? null), JSON.stringify(trial.values ?? null)];
    const found = find.get(trial.key);
    const before = found === undefined ? undefined : resultOf(found);
    join(trial.key);
    if (before === undefined || before.outcome === null) {
      insert.run(trial.key, part, values, outcome, returns, failed, ms, worker, trialSum(trial.key, part, values, row));
      counts.added += 1;
    } else if (isSame(before, row)) counts.equal += 1;
    else {
      second.run(trial.key, outcome, returns, failed, ms, worker, trialSum(trial.key, "", "", row));
      differing.push(trial);
    }
  };
  return {
    record,
    take: (key) =>
      guarded(file, "write", () => {
        const found = find.get(key);
        if (found === undefined) return undefined;
        join(key);
        return trialOf(file, found);
      }),
    put: (trials) => {
      const counts = { added: 0, equal: 0 };
      const differing: KeptTrial[] = [];
      const before = place;
      try {
        guarded(file, "write", () =>
          within(db, () => {
            for (const trial of trials) putOne(trial, counts, differing);
          }),
        );
      } catch (error) {
        place = before;
        throw error;
      }
      return { ...counts, differing };
    },
    close: () => lock.release(),
  };
}
