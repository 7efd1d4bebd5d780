// Where it is shipped to: each batch in one transaction, and what is there already is left as it is.
import { hostname } from "node:os";
import { BpError } from "@bp/core";
import type { Row } from "../read.ts";
import type { StoreAddress } from "./address.ts";
import type { Connection } from "./connect.ts";
import type { RawRun } from "./source.ts";

/** How much of a run the store has. */
export interface Position {
  /** The last line; 0: none. */
  readonly last: number;
  /** Whether it knows that the run has ended. */
  readonly ended: boolean;
}

/** What the store has of a journal, by run. */
export async function positionsOf(connection: Connection, journal: string): Promise<ReadonlyMap<string, Position>> {
  const rows = await connection.query(
    `SELECT id, ended IS NOT NULL AS ended, coalesce((SELECT max(seq) FROM bp_entry WHERE run = id), 0) AS last
     FROM bp_run WHERE journal = $1`,
    [journal],
  );
  return new Map(rows.map((row) => [String(row["id"]), { last: Number(row["last"]), ended: row["ended"] === true }]));
}

/**
 * Writes the record of a run, or its end.
 *
 * @throws BpError `journal/bad-run` if the store has a run of this name from another journal
 */
export async function putRun(connection: Connection, journal: string, run: RawRun): Promise<void> {
  const { id, mode, key, strategy, params, instruments, version, seed, client_run, started, ended, summary } = run;
  const rows = await connection.query(
    `INSERT INTO bp_run (id, journal, mode, key, strategy, params, instruments, version, seed, client_run, started, ended, summary, host)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (id) DO UPDATE SET ended = coalesce(bp_run.ended, excluded.ended), summary = coalesce(bp_run.summary, excluded.summary)
     WHERE bp_run.journal = excluded.journal
     RETURNING id`,
    [
      id,
      journal,
      mode,
      key,
      strategy,
      params,
      instruments,
      version,
      seed,
      client_run,
      started,
      ended,
      summary,
      hostname(),
    ],
  );
  if (rows.length === 0)
    throw new BpError("journal/bad-run", { run: String(id), why: "is in the store already, from another journal" });
}

/**
 * Writes lines that follow on what the store has. Sent twice, also by two processes at once, they are there once: a batch begins
 * at a line that was committed there before, so there is never a gap that the journal does not have. A line that is there already
 * must be this one, and a run that has ended there gets no more: else a copy of the journal went on, and nothing of the batch stays.
 *
 * @throws BpError `journal/bad-run` for another story of the run
 */
export async function putLines(
  connection: Connection,
  address: StoreAddress,
  run: string,
  rows: readonly Row[],
): Promise<void> {
  await connection.query("BEGIN");
  try {
    const [record] = await connection.query("SELECT ended IS NOT NULL AS ended FROM bp_run WHERE id = $1 FOR SHARE", [
      run,
    ]);
    const put = await connection.query(
      `INSERT INTO bp_entry (run, seq, at, dir, type, body, sum)
       SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::json[], $7::bigint[])
       ON CONFLICT (run, seq) DO NOTHING RETURNING seq`,
      [
        run,
        rows.map(({ seq }) => seq),
        rows.map(({ at }) => at),
        rows.map(({ dir }) => dir),
        rows.map(({ type }) => type),
        rows.map(({ body }) => body),
        rows.map(({ sum }) => sum ?? null),
      ],
    );
    if (put.length > 0 && record?.["ended"] === true) throw otherStory(address, run);
    if (put.length < rows.length) await compare(connection, address, run, rows);
    await connection.query("COMMIT");
  } catch (error) {
    await connection.query("ROLLBACK").catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}

/** @throws BpError `journal/bad-run` if the store has other lines under these numbers */
async function compare(
  connection: Connection,
  address: StoreAddress,
  run: string,
  rows: readonly Row[],
): Promise<void> {
  const there = await connection.query(
    "SELECT seq, at, dir, type, body::text AS body FROM bp_entry WHERE run = $1 AND seq = ANY ($2::bigint[])",
    [run, rows.map(({ seq }) => seq)],
  );
  const text = ({ at, dir, type, body }: Readonly<Record<string, unknown>> | Row) =>
    [at, dir, type, body].map(String).join(" ");
  const known = new Map(there.map((row) => [Number(row["seq"]), text(row)]));
  if (rows.some((row) => known.get(row.seq) !== text(row))) throw otherStory(address, run);
}

/** The checksum of a line in the store; `null` for one without, `undefined` if it is not there. */
export async function sumInStore(connection: Connection, run: string, seq: number): Promise<number | null | undefined> {
  const [row] = await connection.query("SELECT sum FROM bp_entry WHERE run = $1 AND seq = $2", [run, seq]);
  if (row === undefined) return undefined;
  return row["sum"] === null ? null : Number(row["sum"]);
}

/** The complaint about a store that has another story of a run. */
export const otherStory = (address: StoreAddress, run: string) =>
  new BpError("journal/bad-run", {
    run,
    why: `goes on differently in the store ${address.shown}: this journal is an older copy, or another copy went on; it is not shipped`,
  });

/** The complaint about a run whose market data the store will never get. @param after - the last line that was sent before */
export const lostToCompacting = (address: StoreAddress, run: string, after: number) =>
  new BpError("journal/bad-run", {
    run,
    why: `was compacted before all of it was in the store ${address.shown}: the market data after line ${after} is lost there, all else is sent`,
  });
