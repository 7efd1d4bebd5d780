// A connection to the store. The package `pg` is asked for only here, and only when there is a store.
import { BpError } from "@bp/core";
import type { StoreAddress } from "./address.ts";

/** Gives the module `pg`, where it is installed in a place of its own. */
export type PgDriver = () => Promise<unknown>;

/** Rows as `pg` gives them: bigint as text. */
export type StoreRow = Readonly<Record<string, unknown>>;

/** An open connection. */
export interface Connection {
  /** @throws BpError `journal/store`, without a secret */
  query(text: string, values?: readonly unknown[]): Promise<readonly StoreRow[]>;
  /** Aborts when the connection is gone, for whatever reason. */
  readonly lost: AbortSignal;
  /** Ends it, at once if the server does not answer. */
  close(): Promise<void>;
}

/** What we use of a client of `pg`. */
interface Client {
  connect(): Promise<unknown>;
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly StoreRow[] }>;
  end(): Promise<void>;
  on(event: "error" | "end", listener: () => void): unknown;
  removeAllListeners?(event: string): unknown;
}

/** How a connection is made. */
export interface ConnectOptions {
  readonly address: StoreAddress;
  /** Default: the package's own `import("pg")`. */
  readonly driver?: PgDriver | undefined;
  /** How long the server may take to let us in, and to answer a query, in ms; default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** What the server calls us, for whoever looks at its sessions. */
  readonly name?: string | undefined;
}

/** How long a goodbye may take, ms. */
const goodbyeMs = 1_000;

/**
 * Opens a connection.
 *
 * @throws BpError `journal/store` when `pg` is not installed or the server cannot be reached
 */
export async function connect({
  address,
  driver,
  timeoutMs = 10_000,
  name = "bp",
}: ConnectOptions): Promise<Connection> {
  const client = await clientOf(address, driver, timeoutMs, name);
  const lost = new AbortController();
  client.on("error", () => lost.abort()); // told by the query that fails, or by whoever looks at `lost`
  client.on("end", () => lost.abort());
  const failed = (error: unknown) => {
    const why = error instanceof Error ? error.message || error.name : String(error);
    return new BpError("journal/store", { store: address.shown, why: address.mask(why) });
  };
  const close = async () => {
    lost.abort();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, goodbyeMs);
    });
    await Promise.race([client.end().catch(() => undefined), patience]);
    clearTimeout(timer);
  };
  try {
    await client.connect();
  } catch (error) {
    await close();
    throw failed(error);
  }
  return {
    lost: lost.signal,
    query: async (text, values = []) => {
      try {
        return (await client.query(text, values)).rows;
      } catch (error) {
        throw failed(error);
      }
    },
    close,
  };
}

async function clientOf(
  address: StoreAddress,
  driver: PgDriver | undefined,
  ms: number,
  name: string,
): Promise<Client> {
  let loaded: unknown;
  try {
    loaded = await (driver ?? (() => import("pg")))();
  } catch (error) {
    const why = "the package pg is not installed; install it (npm install pg), or leave the store out";
    throw new BpError("journal/store", { store: address.shown, why }, { cause: error });
  }
  const { Client } = (loaded as { readonly default?: PgModule } & PgModule).default ?? (loaded as PgModule); // CommonJS, by way of import
  return new Client({
    connectionString: address.url,
    connectionTimeoutMillis: ms,
    query_timeout: ms,
    keepAlive: true,
    application_name: name,
  });
}

interface PgModule {
  readonly Client: new (config: Readonly<Record<string, unknown>>) => Client;
}
