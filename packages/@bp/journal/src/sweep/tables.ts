// The tables of sweeps. They are made in a journal that wants them: one that is only traded with stays as it is.
import type { DatabaseSync } from "node:sqlite";
import { damaged } from "../fault.ts";
import { within } from "../within.ts";

const tables = [
  `CREATE TABLE sweep (
    id      TEXT    NOT NULL PRIMARY KEY,   -- equal for equal questions to equal data
    number  INTEGER NOT NULL UNIQUE,        -- 1, 2, 3: the order in which they were begun
    name    TEXT    NOT NULL,               -- for a person: the file
    spec    TEXT    NOT NULL,               -- JSON
    version TEXT    NOT NULL,               -- of the program
    started INTEGER NOT NULL,               -- ms
    sum     INTEGER NOT NULL                -- CRC-32 of the row
  ) STRICT`,
  `CREATE TABLE trial (
    key     TEXT    NOT NULL PRIMARY KEY,   -- equal for equal work, whichever sweep asked for it
    part    TEXT    NOT NULL,
    vals    TEXT    NOT NULL,               -- JSON
    outcome TEXT,                           -- JSON, without the returns; NULL: it failed
    returns BLOB,                           -- doubles, little endian
    failed  TEXT,                           -- why
    ms      REAL    NOT NULL,               -- that it took
    worker  TEXT    NOT NULL,
    sum     INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE sweep_trial (
    sweep TEXT    NOT NULL,
    place INTEGER NOT NULL,                 -- 1, 2, 3: the order in which they came
    key   TEXT    NOT NULL,
    PRIMARY KEY (sweep, key)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE trial_second (
    key     TEXT    NOT NULL,
    outcome TEXT, returns BLOB, failed TEXT, ms REAL NOT NULL, worker TEXT NOT NULL,
    sum     INTEGER NOT NULL
  ) STRICT`,
] as const;

const names = ["sweep", "trial", "sweep_trial", "trial_second"] as const;

/** Whether the tables are there. @throws BpError `journal/unreadable` for tables of these names that are others */
export function hasSweeps(db: DatabaseSync, file: string): boolean {
  const select = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?");
  const found = names.map((name) => select.get(name)?.["sql"]);
  if (found.every((each) => each === undefined)) return false;
  if (found.some((each, at) => each !== tables[at]))
    throw damaged(file, "its tables of sweeps are not those of this version");
  return true;
}

/** Makes them where they are missing. */
export function makeSweeps(db: DatabaseSync, file: string): void {
  if (hasSweeps(db, file)) return;
  within(db, () => {
    if (!hasSweeps(db, file)) for (const each of tables) db.exec(each); // another process may have been quicker
  });
}
