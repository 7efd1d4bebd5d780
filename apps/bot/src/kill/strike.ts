// The first blow of a kill: marks the accounts, fences the bots, wakes their watchdogs. Nothing is loaded for it that takes time.
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { numberOf, objectsOf, textOf } from "../bots/json.ts";
import { markAll } from "../bots/marks.ts";
import {
  type FoundBot,
  filesOf,
  goodbyeIn,
  isAlive,
  killIn,
  killPatienceMs,
  killWord,
  type Left,
} from "../bots/registry.ts";
import { checkSocketFolder } from "../bots/socket.ts";
import { messageOf, systemCodeOf } from "../failures.ts";
import { clearedWord } from "./cleared.ts";

/** What became of an account in one of the ways to clear it. */
export interface Struck {
  readonly account: string;
  readonly cancelled: number;
  /** Two lists of the venue in a row had none of ours, or its bot has seen that and said so. */
  readonly clean: boolean;
  readonly trouble: string | undefined;
}

/** The first blow. */
export interface Blow {
  /** In which the bots' accounts are cleared by others: their watchdogs, and the bots themselves. */
  readonly ways: readonly Promise<readonly Struck[]>[];
  /** Why an account could not be marked, by account. Its bot is told to halt all the same. */
  readonly unmarked: ReadonlyMap<string, string>;
}

/** Strikes. Doing it twice, or two at once, changes nothing. Never throws: what cannot be done keeps nothing else from being done. */
export function strike(bots: readonly FoundBot[], by: string): Blow {
  // First no new ones, then the old ones.
  const unmarked = markAll(
    bots.flatMap(({ accounts, lasts }) => (lasts ? accounts : [])),
    by,
  );
  for (const bot of bots) if (bot.alive) fence(bot, by);
  const ways = bots.flatMap((bot) => [askWatchdog(bot), ...(bot.alive ? [endOf(bot)] : [])]);
  return { ways, unmarked };
}

/** Where no fence can be set, a signal says the same, though only to a bot that moves. */
function fence({ folder, pid }: FoundBot, by: string): void {
  try {
    setFence(folder, by);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT" || process.platform === "win32") return; // it has just ended; and there are no such signals
    try {
      process.kill(pid, "SIGUSR2");
    } catch {
      // it has just ended
    }
  }
}

/**
 * One that another kill has set is never seen without its words: a bot that ends in that moment would think that nobody waits to hear what
 * is left. @throws what the file system does
 */
function setFence(folder: string, by: string): void {
  const { fence: file } = filesOf(folder);
  const [draft, words] = [`${file}.${process.pid}`, `${killWord} (${by})\n`];
  try {
    writeFileSync(draft, words, { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    try {
      writeFileSync(file, words, { mode: 0o600, flag: "wx" }); // on a full disk it counts without words too
    } catch (error) {
      if (killIn(folder) === undefined) throw error; // else another kill has set it
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The watchdog has the keys in memory. @returns nothing where there is none, or it cannot answer */
function askWatchdog({ folder, accounts }: FoundBot): Promise<readonly Struck[]> {
  const { socket: path } = filesOf(folder);
  try {
    checkSocketFolder(path);
  } catch (error) {
    const trouble = `its watchdog is not asked: ${messageOf(error)}`;
    return Promise.resolve(accounts.map(({ name }) => ({ account: name, cancelled: 0, clean: false, trouble })));
  }
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(path);
    const over = () => resolve(answerIn(text));
    socket.setTimeout(killPatienceMs + 2_000, () => socket.destroy()); // it has an answer by then, whatever the venue does
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

/**
 * A bot that is running halts, cancels and verifies by itself; it says so at its end, or another kill at the same time has seen it and put
 * the bot away. Nothing else counts: that it is gone says nothing of its orders.
 */
async function endOf(bot: FoundBot): Promise<readonly Struck[]> {
  const { folder, accounts } = bot;
  const answers = (clean: boolean, trouble: string | undefined) =>
    accounts.map(({ name }) => ({ account: name, cancelled: 0, clean, trouble }));
  const until = performance.now() + killPatienceMs;
  while (performance.now() < until) {
    const isOver = !isAlive(bot) || !existsSync(folder); // before its word is looked for
    const said = goodbyeIn(folder) ?? clearedWord(folder);
    if (said !== undefined) return answers(said === "nothing", troubles[said]);
    if (isOver) return answers(false, "its bot has ended and has not said what is left of its orders");
    await sleep(50);
  }
  return answers(false, "its bot does not move");
}

const troubles: Readonly<Record<Left, string | undefined>> = {
  nothing: undefined,
  meant: "its bot was ending and has left its orders, as it was told before",
  unknown: "its bot has ended and could not verify that its orders are gone",
  untouched: "its bot had not begun; orders of a run before it may rest",
};
