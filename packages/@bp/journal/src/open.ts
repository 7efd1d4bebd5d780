// A journal file: its runs, begun, resumed and read.
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { guarded } from "./fault.ts";
import { makeFolder } from "./folder.ts";
import { type Lock, nowhere, takeLock } from "./lock.ts";
import { projectRun } from "./project.ts";
import { type Line, readLines } from "./read.ts";
import { allRuns, checkRun, findRun, insertRun, type NewRun, type RunRecord, unfinishedRun } from "./run.ts";
import { check, migrate } from "./schema.ts";
import { checkSound } from "./sound.ts";
import { type RunJournal, runJournal } from "./write.ts";

/** How a journal is opened. */
export interface JournalOptions {
  /** `normal` (default) survives the death of the process; `full` also a power cut, at some tenths of a ms for each commit. */
  readonly sync?: "normal" | "full";
  /** `read` takes no lock, makes no file and writes nothing; for reports while a bot is running. Default `write`. */
  readonly access?: "write" | "read";
  /** A buffer of this many entries is written without being asked; default 500. */
  readonly bufferEntries?: number;
  /** A buffer with this much JSON is written without being asked, in characters; default 256 Ki. */
  readonly bufferChars?: number;
}

/** An open journal file. */
export interface JournalStore {
  /** Full path, or `:memory:`. */
  readonly file: string;
  /**
   * Begins a run and takes the lock of its key.
   *
   * @throws BpError `journal/locked` while another run of this key is being written, `journal/bad-run` if the id is taken
   */
  begin(run: NewRun): RunJournal;
  /**
   * Goes on with a run that was not closed with a summary, and takes the lock of its key.
   *
   * @throws BpError `journal/no-run`, `journal/locked`, `journal/bad-run` if it has ended
   */
  resume(id: string): RunJournal;
  /**
   * Takes an account for this process alone, until it is released, the store is closed or the process ends: before
   * anything is done to it.
   *
   * @param account - tells accounts apart
   * @param holder - what another process is told of this one, such as `which trades on backpack`
   * @throws BpError `journal/locked` while another process has it
   */
  claim(account: string, holder: string): Lock;
  /** The newest run of this key, if it may be resumed. It may be one that another process is writing; `resume` tells. */
  unfinished(key: string): RunRecord | undefined;
  /** All runs, the newest first. */
  runs(): readonly RunRecord[];
  /** @throws BpError `journal/no-run` */
  run(id: string): RunRecord;
  /**
   * Walks lazily through the lines of a run in order, from line `from` (default 1). Sees what has been committed.
   *
   * @throws BpError `journal/no-run`; `journal/unreadable` at a line that does not parse
   */
  read(run: string, from?: number): Iterable<Line>;
  /**
   * Drops and remakes the tables `orders`, `fill`, `equity` and `refusal` of a run from its entries. The same entries give
   * the same tables.
   *
   * @throws BpError `journal/no-run`, `journal/write`
   */
  project(run: string): void;
  /**
   * A number for the next run's orders, 0 to 255, one more than the last one given out of this file (after 255 comes 0);
   * two calls, also of two processes, never get the same one in a row. The first of a new file is drawn by chance, so
   * that a deleted journal does not give out the numbers of orders that still rest.
   */
  nextClientRun(): number;
  /** Closes what is open, without ending it, and the file. */
  close(): void;
}

/**
 * Opens a journal, and makes the file and its folder if need be.
 *
 * @param file - path of the SQLite file; `:memory:` makes none: its runs are there until it is closed, and their entries are
 *   dropped as they come, so that a run may last as long as it likes
 * @throws BpError `journal/unreadable` for a file that is damaged (looked for when it is opened to write), no journal, or of a
 *   newer version; `journal/write` if it cannot be made or written
 * @example
 * const journal = openJournal("runs/journal.sqlite").begin(run);
 * journal.append({ dir: "in", event });
 * journal.commit(); // durable from here on: orders may leave
 */
export function openJournal(file: string, options: JournalOptions = {}): JournalStore {
  const path = file === nowhere ? nowhere : resolve(file);
  const reading = options.access === "read";
  const db = reading ? openToRead(path) : openToWrite(path, options.sync ?? "normal");
  const limits = {
    entries: options.bufferEntries ?? 500,
    chars: options.bufferChars ?? 262_144,
    keep: path !== nowhere,
  };
  const open = new Set<RunJournal>();
  const claims = new Set<Lock>();

  const read = <T>(work: () => T): T => guarded(path, "read", work);
  const write = <T>(work: () => T): T => {
    if (reading) throw new BpError("journal/write", { file: path, why: "it was opened for reading" });
    return guarded(path, "write", work);
  };
  const known = (id: string): RunRecord => {
    const found = read(() => findRun(db, id));
    if (found !== undefined) return found;
    const newest = read(() => allRuns(db)).slice(0, 5);
    throw new BpError("journal/no-run", { run: id, known: newest.map((each) => each.id) });
  };
  /** Takes the lock, then what needs it; gives the lock back if that fails. */
  const locked = (key: string, id: string, work: () => RunRecord): RunJournal => {
    const lock = takeLock(db, path, key, `run ${id}`);
    try {
      const journal = runJournal(db, path, work(), limits, lock);
      open.add(journal);
      return journal;
    } catch (error) {
      lock.release();
      throw error;
    }
  };

  return {
    file: path,
    begin: (run) =>
      write(() => {
        checkRun(db, run);
        return locked(run.key, run.id, () => {
          insertRun(db, run);
          return known(run.id);
        });
      }),
    resume: (id) =>
      write(() =>
        locked(known(id).key, id, () => {
          const run = known(id); // as it is now that nobody else writes it
          if (run.ended !== undefined) throw new BpError("journal/bad-run", { run: id, why: "has ended" });
          return run;
        }),
      ),
    claim: (account, holder) =>
      write(() => {
        const lock = takeLock(db, path, `account ${account}`, holder);
        claims.add(lock);
        return lock;
      }),
    unfinished: (key) => read(() => unfinishedRun(db, key)),
    runs: () => read(() => allRuns(db)),
    run: known,
    read: (run, from = 1) => {
      known(run);
      return { [Symbol.iterator]: () => readLines(db, path, run, from) };
    },
    project: (run) => write(() => projectRun(db, known(run), readLines(db, path, run, 1))),
    nextClientRun: () => write(() => nextClientRun(db)),
    close: () => {
      try {
        for (const each of open) each.close();
        for (const each of claims) each.release();
      } finally {
        if (db.isOpen) db.close();
      }
    },
  };
}

function openToWrite(path: string, sync: "normal" | "full"): DatabaseSync {
  return guarded(path, "write", () => {
    if (path !== nowhere) makeFolder(path, dirname(path));
    return opened(path, false, (db) => {
      check(db, path); // before anything is changed in what may be somebody else's file
      if (path !== nowhere) checkSound(db, path);
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync}; PRAGMA wal_autocheckpoint = 16000`);
      migrate(db, path);
    });
  });
}

function openToRead(path: string): DatabaseSync {
  if (!existsSync(path)) throw new BpError("journal/unreadable", { file: path, why: "there is no such file" });
  return guarded(path, "read", () =>
    opened(path, true, (db) => {
      if (check(db, path) === 0) throw new BpError("journal/unreadable", { file: path, why: "it is empty" });
    }),
  );
}

function opened(path: string, readOnly: boolean, prepare: (db: DatabaseSync) => void): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly, timeout: 5_000 });
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function nextClientRun(db: DatabaseSync): number {
  db.exec("BEGIN IMMEDIATE");
  try {
    const last = db.prepare("SELECT number FROM client_run").get()?.["number"];
    const next = last === undefined ? randomInt(256) : (Number(last) + 1) % 256;
    db.exec(`DELETE FROM client_run; INSERT INTO client_run VALUES (${next}); COMMIT`);
    return next;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
