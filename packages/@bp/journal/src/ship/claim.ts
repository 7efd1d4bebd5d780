// One writer per account among all machines that share a store: locks of a session, held on a connection of their own.
import { createHash, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { BpError, isBpError } from "@bp/core";
import { type Holder, holderText } from "../account.ts";
import type { StoreAddress } from "./address.ts";
import { type Connection, connect, type PgDriver } from "./connect.ts";
import { migrateStore } from "./tables.ts";

/** An account to be traded by this process alone. */
export interface Claim {
  /** Tells accounts apart; never a key. */
  readonly account: string;
  /** How a person calls it. */
  readonly label: string;
}

/** Which accounts, where, and who is told. */
export interface StoreClaimOptions {
  readonly store: StoreAddress;
  readonly accounts: readonly Claim[];
  readonly driver?: PgDriver | undefined;
  readonly timeoutMs?: number | undefined;
  /** How often the connection is looked at, ms; default 5,000. */
  readonly lookMs?: number;
  /** The connection is gone, and so is the lock: it is not known who has it. Told once, until it is back. */
  readonly onLost: (why: string) => void;
  readonly onBack: () => void;
  /** Somebody else took an account meanwhile, also one who has ended since: this process must not trade any more. Told once, and nothing after it. */
  readonly onTaken: (error: BpError<"journal/account-locked" | "journal/account-traded">) => void;
  /** A dead process of this machine seems to have it: the server gets time to notice. Told once an account. */
  readonly onWait?: (owner: string) => void;
}

/** Accounts that are held. */
export interface StoreClaims {
  /** Says which run trades them, for whoever is refused. */
  tell(run: string): Promise<void>;
  release(): Promise<void>;
}

/** Pauses between attempts to come back, ms: they double. */
const pauses = { first: 250, last: 5_000 } as const;
/** How long a server may take to notice that a process is gone whose machine it cannot ask, ms: what its keepalives need, and some more. */
const noticeMs = 40_000;

/**
 * Takes accounts for this process, and keeps them: a connection that breaks is made again.
 *
 * @throws BpError `journal/account-locked` telling who has one; `journal/store` when the store cannot be reached
 */
export async function claimInStore(options: StoreClaimOptions): Promise<StoreClaims> {
  const { onLost, onBack, onTaken, lookMs = 5_000 } = options;
  const me: Me = { token: randomUUID(), since: Date.now(), run: undefined, held: false };
  const ended = new AbortController();
  let connection: Connection | undefined = await taken(options, me);

  const keep = async () => {
    let failures = 0;
    let isLost = false;
    while (!ended.signal.aborted) {
      try {
        connection ??= await taken(options, me);
        if (isLost) onBack();
        isLost = false;
        failures = 0;
        await pause(lookMs, ended.signal, connection.lost);
        if (!ended.signal.aborted) await connection.query("SELECT 1");
      } catch (error) {
        await connection?.close();
        connection = undefined;
        if (ended.signal.aborted) return;
        if (isBpError(error, "journal/account-locked") || isBpError(error, "journal/account-traded")) {
          onTaken(error);
          return;
        }
        if (!isLost) onLost(error instanceof Error ? error.message : String(error));
        isLost = true;
        await pause(Math.min(pauses.last, pauses.first * 2 ** failures), ended.signal);
        failures += 1;
      }
    }
  };
  const keeping = keep();

  return {
    tell: async (run) => {
      me.run = run;
      await connection
        ?.query("UPDATE bp_account SET run = $1 WHERE token = $2", [run, me.token])
        .catch(() => undefined); // only the message is poorer
    },
    release: async () => {
      ended.abort();
      await connection?.close();
      await keeping;
    },
  };
}

interface Me {
  readonly token: string;
  readonly since: number;
  run: string | undefined;
  /** Whether all accounts have been ours once: nobody else may have traded them since. */
  held: boolean;
}

/** A connection that holds all of the accounts. */
async function taken(options: StoreClaimOptions, me: Me): Promise<Connection> {
  const { store, accounts, driver, timeoutMs, onWait } = options;
  const connection = await connect({ address: store, driver, timeoutMs, name: nameOf(me) });
  try {
    await migrateStore(connection, store);
    // A machine that is gone without a word must not hold an account for hours.
    await connection.query("SET tcp_keepalives_idle = 10");
    await connection.query("SET tcp_keepalives_interval = 5");
    await connection.query("SET tcp_keepalives_count = 3");
    for (const claim of accounts) await take(connection, claim, me, onWait);
    me.held = true;
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const nameOf = ({ token }: Me) => `bp ${token}`;

async function take(
  connection: Connection,
  { account, label }: Claim,
  me: Me,
  onWait: StoreClaimOptions["onWait"],
): Promise<void> {
  const hash = createHash("sha256").update(`bp account ${account}`).digest();
  const number = hash.readBigInt64BE().toString();
  const name = hash.toString("hex").slice(0, 32);
  const began = performance.now();
  let waiting = false;
  for (let attempt = 1; ; attempt++) {
    const [row] = await connection.query("SELECT pg_try_advisory_lock($1::bigint) AS got", [number]);
    const isFree = row?.["got"] === true;
    if (isFree && !me.held) break;
    const [last] = await connection.query("SELECT pid, host, run, since, token FROM bp_account WHERE account = $1", [
      name,
    ]);
    const isMine = last?.["token"] === me.token;
    const holder = holderOf(last);
    const owner = holderText(holder);
    if (isFree && isMine) break;
    if (isFree) throw new BpError("journal/account-traded", { account: label, owner });
    if (isMine && attempt <= 20) {
      // Our own session of before: the server has not noticed that it is gone.
      await connection.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()",
        [nameOf(me)],
      );
      await pause(100);
    } else if (!me.held && isGone(holder) && performance.now() - began < noticeMs) {
      if (!waiting) onWait?.(owner);
      waiting = true;
      await pause(500);
    } else throw new BpError("journal/account-locked", { account: label, owner });
  }
  await connection.query(
    `INSERT INTO bp_account (account, label, pid, host, run, since, token, backend)
     VALUES ($1, $2, $3, $4, $5, $6, $7, pg_backend_pid())
     ON CONFLICT (account) DO UPDATE SET label = excluded.label, pid = excluded.pid, host = excluded.host, run = excluded.run,
       since = excluded.since, token = excluded.token, backend = excluded.backend`,
    [name, label, process.pid, hostname(), me.run ?? null, me.since, me.token],
  );
}

function holderOf(row: Readonly<Record<string, unknown>> | undefined): Holder | undefined {
  if (row === undefined) return undefined;
  const { pid, host, run, since } = row;
  return { pid: Number(pid), host: String(host), run: typeof run === "string" ? run : undefined, since: Number(since) };
}

/** Whether it was a process of this machine that has ended. One of another machine of the same name may live: it is waited for, never ended. */
function isGone(holder: Holder | undefined): boolean {
  if (holder === undefined || holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** Waits, or less when one of the signals aborts. */
function pause(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const each of signals) each.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    for (const each of signals) {
      if (each.aborted) done();
      else each.addEventListener("abort", done);
    }
  });
}
