// A journal file: its runs, begun, resumed and read.
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { damaged, guarded } from "./fault.ts";
import { openToRead, openToWrite } from "./file.ts";
import { lockName, nowhere, takeLock } from "./lock.ts";
import { projectRun } from "./project.ts";
import { type Line, readLines } from "./read.ts";
import { allRuns, checkRun, findRun, insertRun, type NewRun, type RunRecord, unfinishedRun } from "./run.ts";
import { rowSum } from "./sum.ts";
import { tailWriter } from "./tail.ts";
import { within } from "./within.ts";
import { type RunJournal, runJournal } from "./write.ts";

/** How a journal is opened. */
export interface JournalOptions {
  /** `normal` (default) survives the death of the process; `full` also a power cut, at some tenths of a ms for each commit. */
  readonly sync?: "normal" | "full";
  /**
   * `read` takes no lock, makes no file and writes nothing, but that a journal of an older version is brought up to date; for
   * reports while a bot is running. Default `write`.
   */
  readonly access?: "write" | "read";
  /** For reading: one whose end was cut off is refused, or read as far as it goes. Default `whole`. */
  readonly end?: "whole" | "as it is";
  /** A buffer of this many entries is written without being asked; default 500. */
  readonly bufferEntries?: number;
  /** A buffer with this much JSON is written without being asked, in characters; default 256 Ki. */
  readonly bufferChars?: number;
  /** How long a commit waits while another program has the file locked, in ms; default 250. Then it throws `journal/slow`. */
  readonly patienceMs?: number;
  /** After how long that is a failure, `journal/write`, in ms; default 60,000. */
  readonly giveUpMs?: number;
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
  const db = reading ? openToRead(path, options.end) : openToWrite(path, options.sync ?? "normal");
  const limits = {
    entries: options.bufferEntries ?? 500,
    chars: options.bufferChars ?? 262_144,
    keep: path !== nowhere,
    patienceMs: options.patienceMs ?? 250,
    giveUpMs: options.giveUpMs ?? 60_000,
  };
  const open = new Set<RunJournal>();

  const read = <T>(work: () => T): T => guarded(path, "read", work);
  const write = <T>(work: () => T): T => {
    if (reading) throw new BpError("journal/write", { file: path, why: "it was opened for reading" });
    return guarded(path, "write", work);
  };
  const known = (id: string): RunRecord => {
    const found = read(() => findRun(db, path, id));
    if (found !== undefined) return found;
    const newest = read(() => allRuns(db, path)).slice(0, 5);
    throw new BpError("journal/no-run", { run: id, known: newest.map((each) => each.id) });
  };
  /** Takes the lock, then what needs it; gives the lock back if that fails. */
  const locked = (key: string, id: string, work: () => RunRecord): RunJournal => {
    const lock = takeLock(db, path, key, `run ${id}`);
    try {
      const run = work();
      const tail = path === nowhere ? undefined : tailWriter(path, lockName(key), run.id, run.clientRun);
      const journal = runJournal({ db, file: path, run, limits, lock, tail });
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
        checkRun(db, path, run);
        return locked(run.key, run.id, () => {
          within(db, () => insertRun(db, run));
          return known(run.id);
        });
      }),
    resume: (id) =>
      write(() =>
        locked(known(id).key, id, () => {
          const run = known(id); // as it is now that nobody else writes it
          if (run.ended !== undefined) throw new BpError("journal/bad-run", { run: id, why: "has ended" });
          if (run.cut !== undefined) throw new BpError("journal/bad-run", { run: id, why: "has lost its end" });
          return run;
        }),
      ),
    unfinished: (key) => read(() => unfinishedRun(db, path, key)),
    runs: () => read(() => allRuns(db, path)),
    run: known,
    read: (run, from = 1) => {
      const record = known(run);
      return { [Symbol.iterator]: () => readLines(db, path, record, from) };
    },
    project: (run) => write(() => projectRun(db, known(run), readLines(db, path, known(run), 1))),
    nextClientRun: () => write(() => nextClientRun(db, path)),
    close: () => {
      try {
        for (const each of open) each.close();
      } finally {
        if (db.isOpen) db.close();
      }
    },
  };
}

function nextClientRun(db: DatabaseSync, file: string): number {
  return within(db, () => {
    const row = db.prepare("SELECT number, sum FROM client_run").get();
    const last = row?.["number"];
    if (row !== undefined && row["sum"] !== null && row["sum"] !== rowSum([last]))
      throw damaged(file, "the number of the last run is not what was written");
    const next = last === undefined ? randomInt(256) : (Number(last) + 1) % 256;
    db.exec("DELETE FROM client_run");
    db.prepare("INSERT INTO client_run VALUES (?, ?)").run(next, rowSum([next]));
    return next;
  });
}
