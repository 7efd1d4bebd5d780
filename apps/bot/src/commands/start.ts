// `bot start`: reads what is wanted, checks that it can make sense, prepares the accounts, runs it.
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { BpError, type Instrument } from "@bp/core";
import { type JournalStore, openJournal } from "@bp/journal";
import { type Checks, checksOf } from "../checks.ts";
import { type BotConfig, readBotConfig } from "../config/index.ts";
import { type ExitCode, exit, fail } from "../exit.ts";
import { consoleFace } from "../face/console.ts";
import { jsonFace } from "../face/json.ts";
import { systemsFace } from "../face/systems.ts";
import { together } from "../face/together.ts";
import { openLog } from "../log.ts";
import { type OpeningOptions, resumable } from "../opening.ts";
import type { Ending } from "../operator.ts";
import { fromHere } from "../paths.ts";
import { checkHeld, makePlan } from "../plan/make.ts";
import { checkPreparation, prepareAccounts, sellOffOf } from "../prepare.ts";
import { previewOf } from "../preview.ts";
import { type Cooked, recipeOf } from "../recipe.ts";
import { runSession, type SessionResult } from "../session.ts";
import { chooseStage } from "../stage/choose.ts";
import { marketsAt, type Stage } from "../stage/stage.ts";
import { operatorOfSignals } from "../stop.ts";
import { instrumentNamed, marketsOf } from "../wire-up.ts";

/** Runs until the duration is over, the strategies are done, a person stops it, or a risk rule halts it. */
export async function start(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { onExit, supervise, ...rest } = flags;
  const ending = onExit === "flatten" || onExit === "detach" ? onExit : "stop";
  const config = await readBotConfig({ file, flags: rest });
  if (supervise === true) return supervised(config);
  return runConfigured(config, ending);
}

/** Runs a configuration, however it was read. @param onExit - what Ctrl+C and the end of the duration mean */
async function runConfigured(config: BotConfig, onExit: Ending = "stop"): Promise<ExitCode> {
  const say = (line: string) => (config.json ? process.stderr : process.stdout).write(`${line}\n`);
  for (const notice of config.notices) process.stderr.write(`note: ${notice}\n`);

  const operator = operatorOfSignals(onExit);
  const stage = await chooseStage(config);
  let ready: Ready | undefined;
  try {
    ready = await readyFor(config, stage, operator.ends, say);
  } finally {
    if (ready === undefined) await stage.close();
  }
  if (ready === undefined) {
    say(operator.ending === undefined ? "nothing was sent" : "stopped before the first order");
    return operator.ending === "halt" ? exit.halted : exit.done;
  }
  const log = config.logs === undefined ? undefined : openLog(config.logs, (why) => process.stderr.write(`${why}\n`));
  const write = config.json ? undefined : (text: string) => void process.stdout.write(`${text}\n`);
  const face = together([
    config.json ? jsonFace(config.screenSeconds * 1_000) : consoleFace(config),
    systemsFace({ lang: config.lang, leverage: config.prepare.leverage, write, log }),
  ]);
  const { resume, durationSeconds } = config;
  let result: SessionResult;
  try {
    result = await runSession({ stage, ...ready, resume, durationSeconds, face, operator, onExit });
  } finally {
    ready.store.close();
  }
  await log?.close();
  if (config.summary !== undefined)
    writeFileSync(fromHere(config.summary), `${JSON.stringify(result.summary, undefined, 2)}\n`);
  if (result.failure !== undefined) fail(result.failure);
  return result.code;
}

/** Keeps a bot running that has been checked before. @throws BpError `config/conflict` where somebody would have to be asked each time */
async function supervised(config: BotConfig): Promise<ExitCode> {
  if (config.place === "live" && !config.yes)
    throw new BpError("config/conflict", {
      what: "--supervise would ask for a yes at each start",
      hint: "look at the plan once without it, then say --yes",
    });
  if (config.place === "live" && (!config.resume || config.journal === ":memory:"))
    throw new BpError("config/conflict", {
      what: "--supervise with a run that cannot go on after a crash: each start would leave the orders of the one before",
      hint: "leave out --no-resume and --disable-db",
    });
  const { supervise } = await import("../supervise.ts");
  return supervise(
    process.argv.slice(2).filter((each) => each !== "--supervise"),
    config.durationSeconds,
  );
}

/** What may begin: its accounts are ours alone, and prepared. */
interface Ready extends Cooked {
  readonly store: JournalStore;
}

/**
 * Everything that must be right before the first order: markets, sizes, a journal, accounts that no other bot trades, what is
 * held already, a person's yes with real money, leverage and orders that are in the way.
 *
 * @returns `undefined` when a person said no
 * @throws BpError `config/*` for what must not begin, `journal/locked` while another bot trades on one of the accounts
 */
async function readyFor(
  config: BotConfig,
  stage: Stage,
  stop: AbortSignal,
  say: (line: string) => void,
): Promise<Ready | undefined> {
  const known = await marketsAt(stage, stop);
  const cooked = recipeOf(config, known);
  checkPreparation(config, known);
  const checks = await checksOf(config, stage, cooked.instruments, cooked.recipe);
  const [refusal] = checks.refusals;
  if (refusal !== undefined) throw refusal;
  for (const warning of checks.warnings) process.stderr.write(`warning: ${warning}\n`);
  const store = openJournal(config.journal === ":memory:" ? ":memory:" : fromHere(config.journal));
  let prepared: Cooked | undefined;
  try {
    claimAccounts(store, stage);
    prepared = await preparedFor({ config, stage, store, known, checks, stop, say }, cooked);
  } finally {
    if (prepared === undefined) store.close();
  }
  return prepared === undefined ? undefined : { ...prepared, store };
}

/** Takes the accounts for this process alone. On an exchange that ends with the bot there is nobody else. */
function claimAccounts(store: JournalStore, { lasts, accounts, venues }: Stage): void {
  if (!lasts) return;
  for (const [at, account] of accounts.entries()) store.claim(account, `which trades on ${venues[at]?.id}`);
}

/** What a start knows by now. */
interface Starting {
  readonly config: BotConfig;
  readonly stage: Stage;
  readonly store: JournalStore;
  readonly known: readonly Instrument[];
  readonly checks: Checks;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

async function preparedFor(starting: Starting, { recipe, instruments }: Cooked): Promise<Cooked | undefined> {
  const { config, stage, store, known, stop } = starting;
  const options: OpeningOptions = { stage, instruments, recipe, resume: config.resume };
  const resumed = resumable(store, options)?.id;
  if (!(await allowed(starting, options, resumed))) return undefined;
  const told = (line: string) => void process.stderr.write(`${line}\n`);
  const isReady = await prepareAccounts({ stage, config, resumed: resumed !== undefined, stop, tell: told });
  if (!isReady) return undefined;
  const sale = resumed === undefined ? await sellOffOf({ stage, config, stop, tell: told }, known) : undefined;
  if (stop.aborted) return undefined;
  if (sale === undefined) return { recipe, instruments };
  const beside = marketsOf(sale).filter((id) => instruments.every((each) => each.id !== id));
  return {
    recipe: { ...recipe, once: [sale] },
    instruments: [...instruments, ...beside.map((id) => instrumentNamed(known, id))],
  };
}

/** Whether it may begin: nothing strange is held, and with real money a person has seen the plan and said yes. */
async function allowed(
  { config, stage, checks, stop, say }: Starting,
  { instruments, recipe }: OpeningOptions,
  resumed: string | undefined,
): Promise<boolean> {
  const { existing = stage.place === "live" ? "refuse" : "adopt" } = config;
  const isLive = stage.place === "live";
  if (!isLive && (existing !== "refuse" || stage.place === "memory")) return true;
  const preview = await previewOf(stage, instruments, recipe, isLive ? "orders" : "accounts", stop);
  if (stop.aborted) return false;
  checkHeld(existing, instruments, preview, resumed);
  if (!isLive) return true;
  const { planText } = await import("../plan/text.ts"); // only real money is asked for
  const plan = makePlan({ config, instruments, recipe, preview, checks, resumed });
  for (const line of planText(plan, config.lang)) say(line);
  const [inTheWay] = plan.blocking;
  if (inTheWay !== undefined && resumed === undefined)
    throw new BpError("config/conflict", { what: inTheWay, hint: "nothing was sent; bot plan shows all of it" });
  const losing = plan.estimates.find(({ loses }) => loses);
  if (losing !== undefined && !config.allowNegativeEdge)
    throw new BpError("config/conflict", {
      what: `${losing.strategy} loses by its own figures: about ${losing.costPer10k} for every 10,000 of volume (${losing.assumes})`,
      hint: "say --allow-negative-edge if volume is the point",
    });
  return config.yes || agreed(stop);
}

/** Asks; anything but yes is no, Ctrl+C too. @throws BpError `config/conflict` where there is no terminal */
async function agreed(stop: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new BpError("config/conflict", {
      what: "live trading needs a yes and there is no terminal to ask",
      hint: "say --yes",
    });
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question("Trade like this with real money? [y/N] ", { signal: stop });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return false;
    throw error;
  } finally {
    prompt.close();
  }
}
