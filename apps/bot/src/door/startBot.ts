// Starts a bot as a process of its own: it has its own door, and goes on when this one ends.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StartAsk, Started } from "dashboard/contract";
import { foundBots } from "../bots/registry.ts";
import { makeFolder } from "../folders.ts";
import { stateFolder } from "../state.ts";
import { botIdOf } from "./neighbours.ts";
import { refusal } from "./refuse.ts";
import { startedEnv } from "./startedEnv.ts";
import type { DoorData } from "./words.ts";

/** How long one may take to appear in the list of bots, ms. */
const patienceMs = 20_000;
const lookMs = 100;
/** So many bots may run; a page starts no more. */
const botsMost = 16;
/** What is told of one that has ended at once, in characters. */
const lastWords = 1_000;

/** @throws Refusal 409 where too many run or it ends at once, with its last words; 503 where it does not appear */
export async function startBot({ main }: DoorData, { name, place }: StartAsk, yaml: string): Promise<Started> {
  if (foundBots().filter(({ alive }) => alive).length >= botsMost)
    throw refusal(409, `${botsMost} bots of yours run already`, "stop one of them first");
  const folder = join(stateFolder(), "started");
  makeFolder(folder);
  const stem = join(folder, `${name}-${Date.now().toString(36)}`);
  const file = `${stem}.yaml`;
  writeFileSync(file, yaml, { mode: 0o600, flag: "wx" });
  const log = openSync(`${stem}.log`, "wx", 0o600);
  try {
    const child = spawn(process.execPath, [...process.execArgv, main, "start", file, `--${place}`], {
      cwd: dirname(file),
      env: { ...startedEnv(process.env), INIT_CWD: dirname(file) },
      detached: true,
      stdio: ["ignore", log, log],
      windowsHide: true,
    });
    let ended: string | undefined;
    child.once("error", (error) => (ended = error.message));
    child.once("exit", (code) => (ended ??= `code ${code ?? "of a signal"}`));
    child.unref();
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      await sleep(lookMs);
      if (ended !== undefined)
        throw refusal(
          409,
          `it has ended at once (${ended}): ${readFileSync(`${stem}.log`, "utf8").trim().slice(-lastWords)}`,
        );
      const bot = foundBots().find(({ pid, alive, role }) => alive && role === "bot" && pid === child.pid);
      if (bot !== undefined) return { bot: botIdOf(bot.folder), pid: bot.pid, file };
    }
    throw refusal(503, "it was started and is not in the list of bots yet", `${stem}.log has what it says`);
  } finally {
    closeSync(log);
  }
}
