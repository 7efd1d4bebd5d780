// The tables of a store, made and brought up to date by whoever comes first.
import { BpError } from "@bp/core";
import type { StoreAddress } from "./address.ts";
import type { Connection } from "./connect.ts";

/** One step per version. Names begin with `bp_`, in the schema that the address's user has by default. */
const steps: readonly string[] = [
  `
  CREATE TABLE bp_run (
    id          text   NOT NULL PRIMARY KEY,
    journal     text   NOT NULL,            -- the file that it came from
    mode        text   NOT NULL,
    key         text   NOT NULL,
    strategy    text   NOT NULL,
    params      json   NOT NULL,
    instruments json   NOT NULL,
    version     text   NOT NULL,
    seed        bigint,
    client_run  int    NOT NULL,
    started     bigint NOT NULL,            -- ms
    ended       bigint,
    summary     json,
    host        text   NOT NULL             -- that shipped it first
  );
  CREATE INDEX bp_run_journal ON bp_run (journal);
  CREATE TABLE bp_entry (
    run  text   NOT NULL REFERENCES bp_run (id),
    seq  bigint NOT NULL,
    at   bigint NOT NULL,                   -- ms
    dir  text   NOT NULL,
    type text   NOT NULL,
    body json   NOT NULL,                   -- as it stands in the journal, byte for byte
    sum  bigint,
    PRIMARY KEY (run, seq)
  );
  CREATE TABLE bp_account (
    account text   NOT NULL PRIMARY KEY,    -- a hash
    label   text   NOT NULL,
    pid     int    NOT NULL,
    host    text   NOT NULL,
    run     text,
    since   bigint NOT NULL,                -- ms
    token   text   NOT NULL,                -- of the process
    backend int    NOT NULL                 -- of its connection
  );
  `,
];

/** `bp st`: who makes tables waits for whoever does already. */
const lockNumber = 0x62_70_73_74;

/**
 * Brings a store up to date.
 *
 * @throws BpError `journal/store` for a store of a newer version, or whose user may not make tables
 */
export async function migrateStore(connection: Connection, address: StoreAddress): Promise<void> {
  if ((await versionOf(connection, address)) === steps.length) return;
  await connection.query("BEGIN");
  try {
    await connection.query("SELECT pg_advisory_xact_lock($1)", [lockNumber]);
    const version = await versionOf(connection, address); // another process may have been quicker
    for (const step of steps.slice(version)) await connection.query(step);
    if (version === 0) await connection.query("CREATE TABLE bp_version (version int NOT NULL)");
    await connection.query("DELETE FROM bp_version");
    await connection.query("INSERT INTO bp_version VALUES ($1)", [steps.length]);
    await connection.query("COMMIT");
  } catch (error) {
    await connection.query("ROLLBACK").catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}

/** 0 for a database without our tables. */
async function versionOf(connection: Connection, address: StoreAddress): Promise<number> {
  // By a query, not by `to_regclass`: a session may have kept in mind that there is no such table.
  const there = "SELECT 1 FROM pg_catalog.pg_tables WHERE tablename = 'bp_version' AND schemaname = current_schema()";
  if ((await connection.query(there)).length === 0) return 0;
  const [row] = await connection.query("SELECT version FROM bp_version");
  const version = Number(row?.["version"] ?? 0);
  if (version > steps.length)
    throw new BpError("journal/store", {
      store: address.shown,
      why: `it was made by a newer version (schema ${version}, this one knows up to ${steps.length}); update the bot`,
    });
  return version;
}
