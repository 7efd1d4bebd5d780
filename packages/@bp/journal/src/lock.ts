// One writer per key, told by the operating system, so that no dead process can hold it.
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { guarded, isBusy } from "./fault.ts";

/** The name of a journal that is no file. */
export const nowhere = ":memory:";

/** A held lock. */
export interface Lock {
  release(): void;
}

/** The name of a key in names of files: 12 hexadecimal digits. */
export function lockName(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}

/**
 * Holds a file until it is let go of or the process ends: an open transaction on it.
 *
 * @returns `undefined` while somebody else holds it
 */
export function hold(lockFile: string): Lock | undefined {
  const held = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    held.exec("BEGIN IMMEDIATE");
  } catch (error) {
    held.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return {
    release: () => {
      if (held.isOpen) held.close(); // ends the transaction
    },
  };
}

/**
 * Holds a journal so that no run of it can begin or go on.
 *
 * @returns `undefined` while one is being written. A run with a key that the file has never seen is not kept out
 */
export function holdAll(file: string): Lock | undefined {
  const start = `${basename(file)}.`;
  const held: Lock[] = [];
  const release = () => {
    for (const each of held) each.release();
  };
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(start) || !/^[0-9a-f]{12}\.lock$/.test(name.slice(start.length))) continue;
    const lock = hold(join(dirname(file), name));
    if (lock === undefined) {
      release();
      return undefined;
    }
    held.push(lock);
  }
  return { release };
}

/**
 * Takes the lock of a key, or says who has it.
 *
 * The lock is an open transaction on a small file beside the journal (`<journal>.<hash of the key>.lock`): the operating
 * system lets go of it in the moment in which the process ends, however it ends. So there is no stale lock, no process
 * number that somebody else has been given since, and a stopped process (SIGSTOP) still holds what it holds. The name of
 * the owner is kept in the journal, for the message only. The empty file stays: removing it would open a race.
 *
 * @param holder - what to say of the owner after its process number, such as `run r1`
 * @throws BpError `journal/locked` with process number, host and `holder` of the owner
 */
export function takeLock(db: DatabaseSync, file: string, key: string, holder: string): Lock {
  const lockFile = file === nowhere ? nowhere : `${file}.${lockName(key)}.lock`; // nobody else can open what is in memory
  const lock = guarded(file, "write", () => hold(lockFile));
  if (lock === undefined) throw new BpError("journal/locked", { file, owner: ownerOf(db, key) });
  try {
    guarded(file, "write", () =>
      db
        .prepare("INSERT OR REPLACE INTO owner (key, pid, host, run) VALUES (?, ?, ?, ?)")
        .run(key, process.pid, hostname(), holder),
    );
  } catch (error) {
    lock.release();
    throw error;
  }
  return lock;
}

function ownerOf(db: DatabaseSync, key: string): string {
  const row = db.prepare("SELECT pid, host, run FROM owner WHERE key = ?").get(key);
  if (row === undefined) return "another process"; // it has the lock and not yet written its name
  const where = row["host"] === hostname() ? "" : ` on ${String(row["host"])}`;
  const who =
    row["pid"] === process.pid && where === "" ? "this very process" : `process ${String(row["pid"])}${where}`;
  return `${who}, ${String(row["run"])}`;
}
