// One transaction: all of it or nothing.
import type { DatabaseSync } from "node:sqlite";

/** Does something in a transaction that may write. What it throws takes everything back. */
export function within<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
