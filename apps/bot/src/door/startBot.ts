// Starts bots as processes of their own: each has its own door, and goes on when this one ends.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deadlines, type StartAsk, type Started } from "dashboard/contract";
import { foundBots } from "../bots/registry.ts";
import { makeFolder } from "../folders.ts";
import { botIdOf } from "./neighbours.ts";
import { refusal } from "./refuse.ts";
import { startedEnv } from "./startedEnv.ts";
import { startedFolder } from "./startedFolder.ts";

const lookMs = 100;
/** So many bots may run; a page starts no more. */
const botsMost = 16;
/** What is told of one that has ended at once, in characters. */
const lastWords = 1_000;
/** So many starts are remembered. */
const keptMost = 256;

/** Starts by their ids: one bot for each, however often it is asked for. */
export interface Starter {
  /** Whether it was begun. */
  has(id: string): boolean;
  /** Begins it, unless it was begun. @throws Refusal 409 where too many bots run */
  begin(id: string, ask: Pick<StartAsk, "name" | "place">, yaml: string): void;
  /** Waits until the bot is in the list. @throws Refusal 404 where it was not begun; 409 where it ends at once, with its last words; 503 where it does not appear in time */
  started(id: string): Promise<Started>;
}

/** A process that was started. */
interface Begun {
  readonly pid: number | undefined;
  readonly file: string;
  readonly log: string;
  /** How it has ended. */
  ended?: string;
  started?: Started;
}

/** @param main - the script of this program */
export function createStarter(main: string): Starter {
  const begun = new Map<string, Begun>();
  return {
    has: (id) => begun.has(id),
    begin: (id, ask, yaml) => {
      if (begun.has(id)) return;
      if (foundBots().filter(({ alive }) => alive).length >= botsMost)
        throw refusal(409, `${botsMost} bots of yours run already`, "stop one of them first");
      begun.set(id, spawned(main, ask, yaml));
      for (const oldest of [...begun.keys()].slice(0, -keptMost)) begun.delete(oldest);
    },
    started: async (id) => {
      const child = begun.get(id);
      if (child === undefined) throw refusal(404, "there is no such start");
      const until = performance.now() + deadlines.appear;
      while (performance.now() < until) {
        if (child.started !== undefined) return child.started;
        if (child.ended !== undefined) {
          begun.delete(id); // it may be tried again
          const said = readFileSync(child.log, "utf8").trim().slice(-lastWords);
          throw refusal(409, `it has ended at once (${child.ended}): ${said}`);
        }
        const bot = foundBots().find(({ pid, alive, role }) => alive && role === "bot" && pid === child.pid);
        if (bot === undefined) await sleep(lookMs);
        else child.started = { bot: botIdOf(bot.folder), pid: bot.pid, file: child.file };
      }
      throw refusal(503, "it was started and is not in the list of bots yet", `${child.log} has what it says`);
    },
  };
}

function spawned(main: string, { name, place }: Pick<StartAsk, "name" | "place">, yaml: string): Begun {
  const folder = startedFolder();
  makeFolder(folder);
  const stem = join(folder, `${name}-${Date.now().toString(36)}`);
  const [file, log] = [`${stem}.yaml`, `${stem}.log`];
  writeFileSync(file, yaml, { mode: 0o600, flag: "wx" });
  const output = openSync(log, "wx", 0o600);
  try {
    const child = spawn(process.execPath, [...process.execArgv, main, "start", file, `--${place}`], {
      cwd: dirname(file),
      env: { ...startedEnv(process.env), INIT_CWD: dirname(file) },
      detached: true,
      stdio: ["ignore", output, output],
      windowsHide: true,
    });
    const begun: Begun = { pid: child.pid, file, log };
    child.once("error", (error) => (begun.ended = error.message));
    child.once("exit", (code) => (begun.ended ??= `code ${code ?? "of a signal"}`));
    child.unref();
    return begun;
  } finally {
    closeSync(output);
  }
}
