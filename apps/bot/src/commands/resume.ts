// `bot resume`: takes the kill mark of an account away. It starts nothing.
import { existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { BpError } from "@bp/core";
import { type KillMark, marks, unmark } from "../bots/marks.ts";
import { foundBots } from "../bots/registry.ts";
import { type ExitCode, exit } from "../exit.ts";
import { doorsOfFile } from "../kill/doors.ts";
import { fromHere } from "../paths.ts";

/**
 * Clears the marks of an account, or of the accounts of a configuration.
 *
 * @throws BpError `config/invalid` where none of that name is killed, `config/conflict` while a killed bot is still there, and without a
 *   terminal to ask or a yes
 */
export async function resume(which: string, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const all = marks();
  const named = all.filter(
    ({ account, venue }) => account === which || venue === which || account.endsWith(`/${which}`),
  );
  const found =
    named.length > 0 || !existsSync(fromHere(which)) ? named : await marksOfFile(which, all, flags["live"] === true);
  if (found.length === 0)
    throw new BpError("config/invalid", {
      path: "bot resume",
      found: JSON.stringify(which),
      expected:
        all.length === 0
          ? "a killed account; there is none"
          : `a killed account: ${all.map(({ account }) => account).join(", ")}`,
    });
  const left = foundBots().find(
    (bot) => bot.alive && bot.accounts.some(({ name }) => found.some((each) => each.account === name)),
  );
  if (left !== undefined)
    throw new BpError("config/conflict", {
      what: `the killed bot is still there, process ${left.pid}`,
      hint: "let it end, or end it, and resume then",
    });
  const words = found.map(
    (each) =>
      `${each.venue} (${each.account}), killed by ${each.by}${each.at === 0 ? "" : ` at ${new Date(each.at).toISOString()}`}`,
  );
  if (flags["yes"] !== true && !(await agreed(words))) return exit.done;
  for (const { account } of found) unmark(account);
  process.stdout.write(
    `${words.map((each) => `resumed: ${each}`).join("\n")}\nstart the bot again when you are ready: bot start\n`,
  );
  return exit.done;
}

async function marksOfFile(file: string, all: readonly KillMark[], live: boolean): Promise<readonly KillMark[]> {
  const { doors } = await doorsOfFile(file, live);
  return all.filter(({ account }) => doors.some(({ name }) => name === account));
}

/** Asks; anything but yes is no. @throws BpError `config/conflict` where there is no terminal */
async function agreed(words: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new BpError("config/conflict", {
      what: "bot resume needs a yes and there is no terminal to ask",
      hint: "say --yes",
    });
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${words.join("\n")}\nMay bots trade there again? [y/N] `).catch(() => "");
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
