// The file of a journal: made, looked through, opened.
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BpError } from "@bp/core";
import { guarded } from "./fault.ts";
import { keepOwn, makeFolder, makeOwn } from "./folder.ts";
import { nowhere } from "./lock.ts";
import { check, migrate, schemaVersion } from "./schema.ts";
import { checkSound, checkWhole } from "./sound.ts";
import { dropTails, tailsOf } from "./tail.ts";

/** Opens a journal to write, looked through and brought up to date. @throws BpError `journal/unreadable`, `journal/write` */
export function openToWrite(path: string, sync: "normal" | "full"): DatabaseSync {
  return guarded(path, "write", () => {
    if (path === nowhere) return opened(path, false, (db) => migrate(db, path));
    makeFolder(path, dirname(path));
    if (!existsSync(path)) {
      dropTails(path); // of one that was taken away: this one begins anew
      makeOwn(path);
    }
    if (statSync(path).isDirectory())
      throw new BpError("journal/write", { file: path, why: "this is a folder; name a file in it" });
    look(path);
    return opened(path, false, (db) => {
      check(db, path); // another process may have made it meanwhile
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync}; PRAGMA wal_autocheckpoint = 16000`);
      migrate(db, path);
      keepOwn(path);
    });
  });
}

/**
 * Looks through a journal before anything may write to it: who closes it last would move what is left of its log into the file
 * and take the log away, and a log that is not whole is evidence. It may be somebody else's file, too.
 */
function look(path: string): void {
  const tails = tailsOf(path); // before the journal is read: another process may be writing to it
  opened(path, true, (db) => {
    const version = check(db, path);
    checkSound(db, path);
    checkWhole(db, path, version, tails);
  }).close();
}

/**
 * Opens a journal to read.
 *
 * @param end - whether one whose end was cut off is read as it is; else it is refused
 * @throws BpError `journal/unreadable`
 */
export function openToRead(path: string, end: "whole" | "as it is" = "whole"): DatabaseSync {
  if (!existsSync(path)) throw new BpError("journal/unreadable", { file: path, why: "there is no such file" });
  return guarded(path, "read", () => {
    const tails = end === "whole" ? tailsOf(path) : [];
    let version = 0;
    const open = () =>
      opened(path, true, (db) => {
        version = check(db, path);
        checkWhole(db, path, version, tails);
      });
    const db = open();
    if (version === schemaVersion) return db;
    db.close();
    if (version === 0) throw new BpError("journal/unreadable", { file: path, why: "it is empty" });
    openToWrite(path, "normal").close();
    return open();
  });
}

/** A connection on which something has been checked; closed again where that throws. */
export function opened(path: string, readOnly: boolean, prepare: (db: DatabaseSync) => void): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly, timeout: 5_000 });
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
