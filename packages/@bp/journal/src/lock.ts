// One writer per key, told by the operating system, so that no dead process can hold it.
import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { guarded, isBusy } from "./fault.ts";

/** The name of a journal that is no file. */
export const nowhere = ":memory:";

/** A held lock. */
export interface Lock {
  release(): void;
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
  const name = createHash("sha256").update(key).digest("hex").slice(0, 12);
  const lockFile = file === nowhere ? nowhere : `${file}.${name}.lock`; // nobody else can open what is in memory
  const held = guarded(file, "write", () => new DatabaseSync(lockFile, { timeout: 0 }));
  try {
    held.exec("BEGIN IMMEDIATE");
  } catch (error) {
    held.close();
    if (isBusy(error)) throw new BpError("journal/locked", { file, owner: ownerOf(db, key) }, { cause: error });
    throw error;
  }
  try {
    guarded(file, "write", () =>
      db
        .prepare("INSERT OR REPLACE INTO owner (key, pid, host, run) VALUES (?, ?, ?, ?)")
        .run(key, process.pid, hostname(), holder),
    );
  } catch (error) {
    held.close();
    throw error;
  }
  let open = true;
  return {
    release: () => {
      if (!open) return;
      open = false;
      held.close(); // ends the transaction
    },
  };
}

function ownerOf(db: DatabaseSync, key: string): string {
  const row = db.prepare("SELECT pid, host, run FROM owner WHERE key = ?").get(key);
  if (row === undefined) return "another process"; // it has the lock and not yet written its name
  const where = row["host"] === hostname() ? "" : ` on ${String(row["host"])}`;
  const who =
    row["pid"] === process.pid && where === "" ? "this very process" : `process ${String(row["pid"])}${where}`;
  return `${who}, ${String(row["run"])}`;
}
