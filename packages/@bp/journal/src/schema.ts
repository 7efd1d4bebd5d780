// The tables, and how a file is known to be a journal of a version we can read.
import { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { damaged, isMisfit } from "./fault.ts";
import { sumRuns } from "./run.ts";

/** The version that this code writes. A file with a higher one is refused, a file with a lower one is brought up. */
export const schemaVersion = 2;

/** `BPJL` in the file's header: what tells a journal from any other SQLite file. */
const applicationId = 0x42504a4c;

/** What the market told. A compacted run has lost it; everything else is never deleted. */
export const marketFacts = ["book.reset", "book.changed", "trade.printed", "mark.changed", "timer.fired"] as const;

const listed = marketFacts.map((each) => `'${each}'`).join(", ");

/**
 * One step per version: `steps[0]` makes version 1 out of an empty file. The text of a step that was released never changes, its
 * spaces included: files are compared with it.
 */
const steps: readonly ((db: DatabaseSync) => void)[] = [
  (db) =>
    db.exec(`
  CREATE TABLE run (
    id         TEXT    NOT NULL PRIMARY KEY,
    number     INTEGER NOT NULL UNIQUE,      -- 1, 2, 3: the order in which runs began
    mode       TEXT    NOT NULL,
    key        TEXT    NOT NULL,             -- what must be equal for a run to be resumed
    strategy   TEXT    NOT NULL,
    params     TEXT    NOT NULL,             -- JSON as configured
    instruments TEXT   NOT NULL,             -- JSON, as they were at the start
    version    TEXT    NOT NULL,
    seed       INTEGER,
    client_run INTEGER NOT NULL,
    started    INTEGER NOT NULL,             -- ms
    ended      INTEGER,                      -- ms; NULL while it may be resumed
    summary    TEXT                          -- JSON
  ) STRICT;
  CREATE INDEX run_key ON run (key, number);

  CREATE TABLE entry (
    run  TEXT    NOT NULL,
    seq  INTEGER NOT NULL,                   -- 1, 2, 3 of the run
    at   INTEGER NOT NULL,                   -- ms; of what followed from an event: the event's
    dir  TEXT    NOT NULL CHECK (dir IN ('in', 'out', 'note')),
    type TEXT    NOT NULL,
    body TEXT    NOT NULL,                   -- JSON
    PRIMARY KEY (run, seq)
  ) STRICT;
  CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
  CREATE TRIGGER entry_as_it_was BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

  CREATE TABLE client_run (number INTEGER NOT NULL) STRICT;   -- the one given out last
  CREATE TABLE owner (key TEXT NOT NULL PRIMARY KEY, pid INTEGER NOT NULL, host TEXT NOT NULL, run TEXT NOT NULL) STRICT;
  `),
  (db) => {
    db.exec(`
  ALTER TABLE entry ADD COLUMN sum INTEGER;       -- CRC-32; NULL: written by version 1
  ALTER TABLE client_run ADD COLUMN sum INTEGER;
  ALTER TABLE run ADD COLUMN lines INTEGER;       -- how many it has, once it has ended
  ALTER TABLE run ADD COLUMN compacted INTEGER;   -- ms; since then its market facts are gone
  ALTER TABLE run ADD COLUMN kept INTEGER;        -- lines that compacting left
  ALTER TABLE run ADD COLUMN cut INTEGER;         -- lines when its end was found missing and that was accepted
  ALTER TABLE run ADD COLUMN report TEXT;         -- JSON; the figures at the time of compacting
  ALTER TABLE run ADD COLUMN sum INTEGER;         -- CRC-32 of all of the row
  CREATE TABLE journal (id TEXT NOT NULL) STRICT; -- tells this journal from all others, in a store of several
  INSERT INTO journal VALUES (lower(hex(randomblob(16))));
  DROP TRIGGER entry_stays;
  CREATE TRIGGER entry_stays BEFORE DELETE ON entry
    WHEN OLD.type NOT IN (${listed}) OR (SELECT compacted FROM run WHERE id = OLD.run) IS NULL
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
  `);
    sumRuns(db);
  },
];

/**
 * Makes an empty file a journal, an old journal a new one, and refuses everything else.
 *
 * @throws BpError `journal/unreadable` for another program's database, or a journal of a newer version
 */
export function migrate(db: DatabaseSync, file: string): void {
  if (check(db, file) === schemaVersion) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = check(db, file); // another process may have been quicker
    for (const step of steps.slice(version)) step(db);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw isMisfit(error) ? damaged(file, error) : error;
  }
}

/**
 * The schema version of a file, 0 for an empty one.
 *
 * @throws BpError `journal/unreadable` as above
 */
export function check(db: DatabaseSync, file: string): number {
  if (db.isTransaction) return look(db, file);
  db.exec("BEGIN"); // one moment for all that is read: another process may be making the journal right now
  try {
    return look(db, file);
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
  }
}

function look(db: DatabaseSync, file: string): number {
  const id = numberOf(db, "application_id");
  const version = numberOf(db, "user_version");
  const isEmpty = db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (id === 0 && version === 0 && isEmpty) return 0;
  if (id !== applicationId)
    throw new BpError("journal/unreadable", { file, why: "this is a database of another program, not a journal" });
  if (version > schemaVersion)
    throw new BpError("journal/unreadable", {
      file,
      why: `it was written by a newer version (schema ${version}, this one reads up to ${schemaVersion}); update the bot`,
    });
  const found = new Set(tablesOf(db));
  if (!tablesOfVersion(version).every((each) => found.has(each)))
    throw damaged(file, `its tables are not those of version ${version}`);
  return version;
}

/** Each table, index and trigger as SQLite keeps it. */
function tablesOf(db: DatabaseSync): readonly string[] {
  const rows = db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema").all();
  return rows.map((each) => JSON.stringify(each));
}

const known = new Map<number, readonly string[]>();

function tablesOfVersion(version: number): readonly string[] {
  const found = known.get(version);
  if (found !== undefined) return found;
  const db = new DatabaseSync(":memory:");
  for (const step of steps.slice(0, version)) step(db);
  const tables = tablesOf(db);
  db.close();
  known.set(version, tables);
  return tables;
}

function numberOf(db: DatabaseSync, pragma: "application_id" | "user_version"): number {
  return Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma] ?? 0);
}
