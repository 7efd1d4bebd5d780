// Whether a journal is whole, found out before anything relies on it.
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { damaged } from "./fault.ts";

/** A file up to this size is looked through page by page (100 MB: 0.3 to 0.5 s); of a larger one what a start needs. In bytes. */
const whole = 100_000_000;

/** All tables but the entries: a few pages. */
const small = ["run", "client_run", "owner"] as const;

/**
 * Looks for damage: in a journal that is found broken only when it is read, a start would have sent something before.
 *
 * @throws BpError `journal/unreadable`; what SQLite itself complains about while it looks
 */
export function checkSound(db: DatabaseSync, file: string): void {
  if (statSync(file).size <= whole) {
    look(db, file, "PRAGMA quick_check(1)");
    return;
  }
  for (const table of small)
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) !== undefined)
      look(db, file, `PRAGMA quick_check(${table})`);
  // Every page of the newest run, the ones that are read when it goes on and the one that is written next among them.
  db.prepare("SELECT sum(length(body)) FROM entry WHERE run = (SELECT id FROM run ORDER BY number DESC LIMIT 1)").get();
}

function look(db: DatabaseSync, file: string, pragma: string): void {
  const found = db.prepare(pragma).get()?.["quick_check"];
  if (found !== "ok") throw damaged(file, String(found));
}
