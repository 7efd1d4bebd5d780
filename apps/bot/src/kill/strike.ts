// The first blow of a kill: marks the accounts, fences the bots, wakes their watchdogs. Nothing is loaded for it that takes time.
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { numberOf, objectsOf, textOf } from "./json.ts";
import { mark } from "./marks.ts";
import { type FoundBot, filesOf, foundBots, killWord } from "./registry.ts";

/** What became of an account in one of the ways to clear it. */
export interface Struck {
  readonly account: string;
  readonly cancelled: number;
  /** Two lists of the venue in a row had none of ours, or its bot has seen that and ended. */
  readonly clean: boolean;
  readonly trouble: string | undefined;
}

/** How long all of it may take, ms. */
export const patienceMs = 20_000;

/**
 * Strikes. Doing it twice, or two at once, changes nothing.
 *
 * @returns the ways in which the bots' accounts are cleared by others: their watchdogs, and the bots themselves
 * @throws what the file system does where an account cannot be marked
 */
export function strike(bots: readonly FoundBot[], by: string): readonly Promise<readonly Struck[]>[] {
  // First no new ones, then the old ones.
  for (const { accounts, lasts } of bots)
    if (lasts) for (const { name, venue } of accounts) mark({ account: name, venue, by, at: Date.now() });
  for (const { folder, alive } of bots) if (alive) fence(folder, by);
  return bots.flatMap((bot) => [askWatchdog(bot), ...(bot.alive ? [endOf(bot)] : [])]);
}

function fence(folder: string, by: string): void {
  try {
    writeFileSync(filesOf(folder).fence, `${killWord} (${by})\n`, { mode: 0o600 });
  } catch {
    // it has just ended
  }
}

/** The watchdog has the keys in memory. @returns nothing where there is none, or it cannot answer */
function askWatchdog({ folder }: FoundBot): Promise<readonly Struck[]> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(filesOf(folder).socket);
    const over = () => resolve(answerIn(text));
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.once("error", over);
    socket.once("close", over);
    socket.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    socket.write("kill\n");
  });
}

function answerIn(text: string): readonly Struck[] {
  try {
    return objectsOf(JSON.parse(text)).map(({ account, cancelled, clean, trouble }) => ({
      account: textOf(account),
      cancelled: numberOf(cancelled) ?? 0,
      clean: clean === true,
      trouble: typeof trouble === "string" ? trouble : undefined,
    }));
  } catch {
    return []; // it has ended before it could answer
  }
}

/** A bot that is running halts, cancels and verifies by itself; it takes its folder with it when that is done. */
async function endOf({ folder, accounts }: FoundBot): Promise<readonly Struck[]> {
  const until = performance.now() + patienceMs;
  const answers = (clean: boolean, trouble: string | undefined) =>
    accounts.map(({ name }) => ({ account: name, cancelled: 0, clean, trouble }));
  while (performance.now() < until) {
    if (!foundBots().some((each) => each.folder === folder)) return answers(true, undefined);
    await sleep(50);
  }
  return answers(false, "its bot does not move");
}
