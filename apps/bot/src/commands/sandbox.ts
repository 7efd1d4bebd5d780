// `bot sandbox`: the exchange on its own, for bots in other processes and for programs of others.
import { BpError } from "@bp/core";
import { startSandbox } from "@bp/sandbox";
import { systemClock } from "@bp/transport";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { stopSignal } from "../stop.ts";

/** Serves until it is stopped. */
export async function sandbox(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const stop = stopSignal();
  const port = wholeNumber("--port", flags["port"], 65_535);
  const seed = wholeNumber("--seed", flags["seed"], 4_294_967_295);
  const { market } = flags;
  const speed = typeof flags["speed"] === "string" ? speedOf(flags["speed"]) : undefined;
  const running = await startSandbox({
    ...(port === undefined ? {} : { port }),
    ...(seed === undefined ? {} : { seed }),
    ...(speed === undefined ? {} : { speed }),
    ...(typeof market === "string" ? { market: fromHere(market) } : {}),
  });
  const { rest, ws, accounts } = running;
  if (flags["json"] === true) process.stdout.write(`${JSON.stringify({ backpack: { rest, ws, accounts } })}\n`);
  else {
    process.stdout.write(
      `Backpack sandbox\n  REST       ${rest}\n  WebSocket  ${ws}\n\nTest accounts (public keys of this sandbox, worth nothing anywhere else):\n`,
    );
    for (const { name, apiKey, secret } of accounts)
      process.stdout.write(`  ${name.padEnd(8)} key ${apiKey}\n           secret ${secret}\n`);
    process.stdout.write(`\nTrade on it:  bot start --rest ${rest} --ws ${ws}\nCtrl+C ends it.\n`);
  }
  const told = new Set<string>();
  const tell = (news: string | undefined) => {
    if (news === undefined || told.has(news)) return;
    told.add(news);
    process.stderr.write(`${news}\n`);
  };
  while (!stop.aborted) {
    await systemClock.sleep(500, stop);
    if (running.problem !== undefined)
      tell(`error: ${running.problem.message}; the market stands still, orders are still taken`);
    else if (running.ended) tell("the recording has ended; the market stands still, orders are still taken");
  }
  await running.close();
  return running.problem === undefined ? exit.done : exit.failed;
}

function wholeNumber(flag: string, value: unknown, most: number): number | undefined {
  if (value === undefined) return undefined;
  const read = Number(value);
  if (!Number.isInteger(read) || read < 0 || read > most)
    throw new BpError("config/invalid", {
      path: flag,
      found: JSON.stringify(value),
      expected: `a whole number from 0 to ${most}`,
    });
  return read;
}

function speedOf(text: string): number | "max" {
  if (text === "max") return "max";
  const speed = Number(text);
  if (!(speed > 0 && speed <= 1_000))
    throw new BpError("config/invalid", {
      path: "--speed",
      found: JSON.stringify(text),
      expected: "a number above 0, at most 1000, or max",
    });
  return speed;
}
