// The outbox: keeps a store up to date with a journal, through every break, and catches up.
import { resolve } from "node:path";
import { isBpError } from "@bp/core";
import type { StoreAddress } from "./address.ts";
import { type Connection, connect, type PgDriver } from "./connect.ts";
import { type Passage, passage } from "./pass.ts";
import { openSource, type Source } from "./source.ts";
import { migrateStore } from "./tables.ts";

/** What is shipped, and where to. */
export interface ShipOptions {
  /** The journal, on disk. It may be written meanwhile, by this or another process. */
  readonly file: string;
  readonly store: StoreAddress;
  /** See `connect`. */
  readonly driver?: PgDriver | undefined;
  readonly timeoutMs?: number | undefined;
  /** Hears of runs that cannot be shipped, once each. */
  readonly onRefused?: ((why: string) => void) | undefined;
}

/** How far the store is. */
export interface ShipState {
  /** Lines that it does not have; `undefined`: not known, it has never been reached. */
  readonly behind: number | undefined;
  /** Why; `undefined`: it is only on its way. */
  readonly why: string | undefined;
}

/** A shipper at work. */
export interface Shipper {
  /** Ships what is left, for so many ms at the most, and ends. */
  finish(ms: number): Promise<ShipState>;
}

/** How it goes on, and who is told. */
export interface ShipperOptions extends ShipOptions {
  /** The store has fallen behind: told once, until it is back. */
  readonly onBehind: (state: ShipState) => void;
  /** It has all again. */
  readonly onBack: () => void;
  /** How often the journal is looked at, ms; default 250. */
  readonly pollMs?: number;
  /** How long the store may be out of reach, or not come after, before that is told, ms; default 5,000. */
  readonly tellMs?: number;
  /** 0 to 1; default: chance. */
  readonly dice?: () => number;
}

/** Pauses between attempts: they double from the first to the last, ms. Each is drawn between half and whole, so that bots do not come at once. */
const pauses = { first: 500, last: 30_000 } as const;

/**
 * Ships until nothing is left, once.
 *
 * @returns lines shipped
 * @throws BpError `journal/store`, `journal/unreadable`
 */
export async function shipJournal(options: ShipOptions): Promise<number> {
  const link = await reach(options);
  try {
    return await link.way.pass(new AbortController().signal);
  } finally {
    await link.close();
  }
}

/** Starts shipping; it never throws, and goes on until it is told to finish. Run it in a thread where nobody waits for it. */
export function startShipper(options: ShipperOptions): Shipper {
  const { onBehind, onBack, pollMs = 250, tellMs = 5_000, dice = Math.random } = options;
  const ended = new AbortController();
  let finishing: number | undefined;
  let wake: (() => void) | undefined;
  let link: Link | undefined;
  let behind: number | undefined;
  let why: string | undefined;
  let lateSince: number | undefined;
  let told = false;
  let failures = 0;

  const sleep = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  const news = (reason: string | undefined) => {
    why = reason;
    const isLate = behind === undefined || behind > 0;
    lateSince = isLate ? (lateSince ?? performance.now()) : undefined;
    if (!isLate && told) {
      told = false;
      onBack();
    } else if (lateSince !== undefined && !told && performance.now() - lateSince >= tellMs) {
      told = true;
      onBehind({ behind, why });
    }
  };
  const over = () => ended.signal.aborted || (finishing !== undefined && performance.now() >= finishing);

  const loop = async () => {
    while (!over()) {
      let pause = pollMs;
      try {
        link ??= await reach(options);
        await link.way.pass(ended.signal);
        behind = link.way.behind();
        failures = 0;
        news(undefined);
        if (finishing !== undefined && behind === 0) break;
        if (behind > 0) pause = 0;
      } catch (error) {
        if (link !== undefined) behind = behindOf(link.way) ?? behind;
        await link?.close();
        link = undefined;
        news(isBpError(error) && "why" in error.context ? error.context.why : String(error));
        pause = Math.min(pauses.last, pauses.first * 2 ** failures) * (0.5 + dice() / 2);
        failures += 1;
      }
      if (!over())
        await sleep(Math.min(pause, finishing === undefined ? pause : Math.max(0, finishing - performance.now())));
    }
    await link?.close();
    return { behind, why };
  };
  const looping = loop();

  return {
    finish: async (ms) => {
      finishing = performance.now() + ms;
      failures = 0;
      wake?.();
      const timer = setTimeout(() => {
        ended.abort();
        wake?.();
      }, ms);
      const late = new Promise<ShipState>((done) => {
        ended.signal.addEventListener("abort", () => setTimeout(() => done({ behind, why }), 500));
      });
      const state = await Promise.race([looping, late]);
      clearTimeout(timer);
      return state;
    },
  };
}

/** A journal and its store, joined. */
interface Link {
  readonly way: Passage;
  close(): Promise<void>;
}

async function reach({ file, store, driver, timeoutMs, onRefused }: ShipOptions): Promise<Link> {
  const source: Source = openSource(resolve(file));
  let connection: Connection | undefined;
  try {
    connection = await connect({ address: store, driver, timeoutMs, name: "bp shipper" });
    await migrateStore(connection, store);
    const refused = (error: unknown) => onRefused?.(error instanceof Error ? error.message : String(error));
    const way = await passage(source, connection, store, refused);
    const open = connection;
    return {
      way,
      close: async () => {
        source.close();
        await open.close();
      },
    };
  } catch (error) {
    source.close();
    await connection?.close();
    throw error;
  }
}

function behindOf(way: Passage): number | undefined {
  try {
    return way.behind();
  } catch {
    return undefined; // the journal cannot be read now: the next attempt tells why
  }
}
