// A bot under watch on a hall's markets, and everybody who may kill it: all of them real processes.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InstrumentId } from "@bp/core";
import { type Hall, layHall } from "../hall.ts";
import { type BotProcess, type Ended, type ProcessOptions, runBot } from "../process.ts";
import type { Finished } from "../table.ts";

export const sol = "backpack:SOL_USDC_PERP";
export const aster = "aster-futures:SOLUSDT";

/** Five levels a side at either venue: ten orders each. */
const ten = (instrument: InstrumentId, name: string) => ({
  name,
  use: "maker",
  params: {
    instrument,
    spreadPct: "1",
    quantity: "0.1",
    maxOrders: 5,
    intervalMs: 1_000,
    maxPosition: "50",
    positionThreshold: "50",
  },
});

/** What `bot status --json` tells of a bot. */
export interface SeenBot {
  readonly pid: number;
  readonly alive: boolean;
  readonly run?: string;
  readonly silentMs?: number;
  readonly accounts: readonly { readonly name: string; readonly venue: string }[];
  readonly watchdog?: { readonly pid: number; readonly limitMs: number };
}

export interface Ward {
  readonly hall: Hall;
  readonly file: string;
  /** The state folder of these bots. */
  readonly state: string;
  start(args?: readonly string[], options?: ProcessOptions): BotProcess;
  /** Any other command, from a shell that has no keys. */
  bot(args: readonly string[]): Promise<Ended>;
  status(): Promise<{ readonly bots: readonly SeenBot[]; readonly killed: readonly { readonly account: string }[] }>;
  /** All that rests of ours, at both venues. */
  resting(): number;
  full(): Promise<void>;
  empty(what: string, ms?: number): Promise<void>;
  /**
   * Waits until it is so.
   *
   * @param ms - within so many of this process' own: while the machine did not run it, it may not have run the watchdog either
   * @returns how many it took
   */
  promptly(what: string, isSo: () => boolean, ms: number): Promise<number>;
  /** Process number of the bot's watchdog. */
  dog(): number;
  log(): string;
}

/** A look takes no longer, ms, where the machine runs this process whenever it can. */
const lookMs = 20;

export interface WardOptions {
  readonly run?: Readonly<Record<string, unknown>>;
}

/** Lays a hall with both venues and a configuration of twenty orders. */
export async function layWard(finished: Finished, options: WardOptions = {}): Promise<Ward> {
  const hall = await layHall(finished, { books: { [sol]: ["149.99", "150.01"], [aster]: ["149.98", "150.02"] } });
  const state = join(hall.folder, "state");
  const file = hall.config(["backpack", "aster-futures"], {
    strategies: [ten(sol, "here"), ten(aster, "there")],
    run: { journal: "journal.sqlite", ...options.run },
  });
  const env = { BP_STATE: state };
  const records = () => {
    try {
      return readdirSync(join(state, "bots")).map(
        (name) =>
          JSON.parse(readFileSync(join(state, "bots", name, "bot.json"), "utf8")) as {
            readonly pid: number;
            readonly watchdog?: { readonly pid: number };
          }, // written by the bot
      );
    } catch {
      return []; // it is being made, or gone
    }
  };
  const dogs = () => records().flatMap(({ watchdog }) => watchdog?.pid ?? []);
  /** Bots before their watchdogs are tried in vain: these first, then whoever they watch over. */
  const sweep = () => {
    for (const pid of [...dogs(), ...records().map((each) => each.pid)])
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // gone before
      }
  };
  const ward: Ward = {
    hall,
    file,
    state,
    start: (args = [], how = {}) => {
      const options = { watchdog: true, ...how, env: { ...env, ...how.env } };
      const started = hall.start([file, "--watchdog-ms", "1000", ...args], options);
      finished(sweep); // before the end of the bot's output is waited for
      return started;
    },
    bot: (args) => runBot(finished, args, { cwd: hall.folder, env }),
    status: async () =>
      JSON.parse((await ward.bot(["status", "--json"])).stdout) as Awaited<ReturnType<Ward["status"]>>,
    resting: () => hall.open(sol).length + hall.open(aster).length,
    full: () =>
      hall.until("twenty orders", () => hall.open(sol).length === 10 && hall.open(aster).length === 10, 300_000),
    empty: (what, ms) => hall.until(what, () => ward.resting() === 0, ms),
    promptly: async (what, isSo, ms) => {
      let spent = 0;
      while (!isSo()) {
        if (spent > ms) throw new Error(`not within ${ms} ms: ${what}\n${ward.log()}`);
        const at = performance.now();
        await hall.pass(5);
        spent += Math.min(lookMs, performance.now() - at);
      }
      return spent;
    },
    dog: () => {
      const [pid] = dogs();
      if (pid === undefined) throw new Error("no watchdog");
      return pid;
    },
    log: () => {
      try {
        return readFileSync(join(state, "watchdog.log"), "utf8");
      } catch {
        return "";
      }
    },
  };
  return ward;
}

/** A preload that lets the bot's loop stand still while a file is there: what a mistake of ours would do. */
export function stallOn(hall: Hall, file: string): readonly string[] {
  const preload = join(hall.folder, "stall.mjs");
  writeFileSync(
    preload,
    `import { existsSync } from "node:fs";
setInterval(() => { while (existsSync(${JSON.stringify(file)})) {} }, 50).unref();\n`,
  );
  return ["--import", preload];
}
