// `bot backtest FILE --data …`: the same configuration as live, over recorded markets.

import { type BacktestOptions, type BacktestResult, createBacktest, lookAheadCheck } from "@bp/backtest";
import type { Command, Event } from "@bp/core";
import { commandsDigest } from "@bp/journal";
import { fullText, reportPage } from "@bp/report";
import { backtestFlagNames, backtestFlags } from "../backtest/options.ts";
import { prepareBacktest } from "../backtest/prepare.ts";
import { progressLine } from "../backtest/progress.ts";
import { backtestJson, backtestText } from "../backtest/text.ts";
import { type BotConfig, readBotConfig } from "../config/index.ts";
import { tapeOf } from "../data/tape.ts";
import { type ExitCode, exit } from "../exit.ts";
import { lookFor } from "../face/console.ts";
import { pageOptions } from "../page/options.ts";
import { outputFlags, writeResult } from "../page/write.ts";
import { stopSignal } from "../stopSignal.ts";

/** Market time between two looks at the clock and at Ctrl+C, ms. */
const pieceMs = 60_000;

/** Runs it and prints what it came to. */
export async function backtestFile(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const { lookAhead, html: _, full, force: __, onBad, cache, ...rest } = flags;
  const { html, force } = outputFlags(flags);
  const own = backtestFlags(rest);
  const config = await configOf(file, rest);
  for (const notice of config.notices) tell(`note: ${notice}`);
  const { signal: ends } = stopSignal("there is no result");
  const { tape, warnings } = await tapeOf(own, { onBad, cache });
  for (const warning of warnings) tell(`warning: ${warning}`);
  const { options, said } = await prepareBacktest(config, tape, own);
  for (const line of said) tell(`note: ${line}`);
  if (lookAhead !== undefined) return checkAhead(options, lookAhead, config);
  const isWhole = html !== undefined || full === true;
  const name = `backtest of ${file ?? "flags"}`;
  const analyse = { run: name, strategy: config.strategies.map((each) => each.name).join(", ") };
  const ran = await runToEnd({ ...options, ...(isWhole ? { analyse } : {}) }, ends);
  if (ran === undefined) {
    tell("stopped before its end: there is no result");
    return exit.failed;
  }
  const { result, digest } = ran;
  const { analysis } = result;
  if (html !== undefined && analysis !== undefined)
    writeResult(html, reportPage(analysis, pageOptions(config.lang)), force);
  const look = lookFor(config.lang, process.stdout);
  if (config.json) say(JSON.stringify(full === true ? analysis : backtestJson(result, digest), undefined, 2));
  else if (html !== "-") {
    if (full === true && analysis !== undefined) say(`${fullText(analysis, look)}\n`);
    say(backtestText(result, look, digest));
  }
  if (!result.ledgerEqual) return exit.failed;
  return result.ended.kind === "halted" || result.ended.kind === "liquidated" ? exit.halted : exit.done;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** The configuration, with nothing of it real. */
function configOf(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<BotConfig> {
  const own: ReadonlySet<string> = new Set(backtestFlagNames);
  const others = Object.fromEntries(Object.entries(flags).filter(([name]) => !own.has(name)));
  return readBotConfig({ file, flags: { ...others, memory: true }, keys: "left" });
}

/** Piece by piece, so that a person sees how far it is and can stop it. `undefined`: he did. */
async function runToEnd(
  options: BacktestOptions,
  ends: AbortSignal,
): Promise<{ readonly result: BacktestResult; readonly digest: string } | undefined> {
  const digest = commandsDigest();
  const onStep = (_: Event, commands: readonly Command[]) => {
    for (const command of commands) digest.add(command);
  };
  const run = createBacktest({ ...options, onStep });
  const progress = progressLine(process.stderr, run.from, run.to);
  while (run.advance(pieceMs)) {
    progress.show(run.now);
    if (progress.due) await new Promise((resolve) => setImmediate(resolve)); // Ctrl+C wants to be heard
    if (ends.aborted) {
      progress.clear();
      return undefined;
    }
  }
  progress.clear();
  return { result: run.result(), digest: digest.hex() };
}

function checkAhead(options: BacktestOptions, said: unknown, { json }: BotConfig): ExitCode {
  const checked = lookAheadCheck(options, said === true ? undefined : Number(said));
  if (json) process.stdout.write(`${JSON.stringify(checked, undefined, 2)}\n`);
  else
    for (const { at, commands, difference } of checked.cuts)
      process.stdout.write(
        `${new Date(at).toISOString()}  ${commands} commands before it  ${
          difference === undefined
            ? "the same with another future"
            : `DIFFERENT from ${new Date(difference.at).toISOString()} on: ${JSON.stringify(difference.was)} became ${JSON.stringify(difference.is)}`
        }\n`,
      );
  if (!json)
    process.stdout.write(
      checked.ok ? "no look into the future was seen\n" : "this strategy acts on what it cannot know yet\n",
    );
  return checked.ok ? exit.done : exit.failed;
}
