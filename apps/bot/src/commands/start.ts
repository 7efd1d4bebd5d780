// `bot start`: reads what is wanted, checks that it can make sense, prepares the accounts, runs it.
import { BpError } from "@bp/core";
import type { JournalStore } from "@bp/journal";
import { accountLine } from "../alerts/account.ts";
import { alertsFace } from "../alerts/face.ts";
import { alertSettings } from "../alerts/settings.ts";
import { createUnstarted, type Unstarted } from "../alerts/unstarted.ts";
import { type BotConfig, readBotConfig } from "../config/index.ts";
import type { DoorFlags } from "../door/flags.ts";
import { openRunDoor, type RunDoor } from "../door/run.ts";
import { type ExitCode, exit, fail } from "../exit.ts";
import { consoleFace } from "../face/console.ts";
import { jsonFace } from "../face/json.ts";
import { scriptOf } from "../face/script.ts";
import { systemsFace } from "../face/systems.ts";
import { together } from "../face/together.ts";
import { type Killable, type KillableOptions, killable, refusalOf } from "../killable.ts";
import { openLog } from "../log.ts";
import type { Ending, Operator } from "../operator.ts";
import { fromHere } from "../paths.ts";
import { type Ready, readyFor } from "../ready.ts";
import { runSession, type SessionResult } from "../session.ts";
import { chooseStage } from "../stage/choose.ts";
import type { Stage } from "../stage/stage.ts";
import { operatorOfSignals } from "../stop.ts";
import { telling } from "../store/accounts.ts";
import { type Shipping, shipInThread } from "../store/ship.ts";
import { storeOf } from "../store/store.ts";
import { writeSummary } from "../summary.ts";
import type { Guard } from "../watchdog/guard.ts";

/** Runs until the duration is over, the strategies are done, a person stops it, or a risk rule halts it. */
export async function start(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { onExit, supervise, watchdog, watchdogMs, killFile, ...others } = flags;
  const { dashboard, dashboardHost, dashboardTlsCert, dashboardTlsKey, dashboardInsecure, ...rest } = others;
  const door = { dashboard, dashboardHost, dashboardTlsCert, dashboardTlsKey, dashboardInsecure };
  const ending = onExit === "flatten" || onExit === "detach" ? onExit : "stop";
  const operator = supervise === true ? undefined : operatorOfSignals(ending); // from the first moment on
  const config = await readBotConfig({ file, flags: rest });
  const limitMs = watchdog === false ? undefined : limitOf(watchdogMs);
  const watching = { limitMs, killFile: typeof killFile === "string" ? killFile : config.killFile };
  const unstarted = createUnstarted(config, { operator, warn });
  try {
    return await (operator === undefined
      ? supervised(config, watching, unstarted)
      : runConfigured({ config, operator, onExit: ending, watching, flags: door, unstarted }));
  } catch (error) {
    unstarted.because(error);
    throw error;
  } finally {
    await unstarted.tell(); // everything is closed and let go of by now
  }
}

/** What is said about watchdog and kill switch. */
interface Watching {
  /** `undefined`: no watchdog. */
  readonly limitMs: number | undefined;
  /** As the person named it. */
  readonly killFile: string | undefined;
}

/** How long a bot may be silent before its watchdog acts, ms, unless it is said. */
const usualLimitMs = 5_000;

/** @throws BpError `config/invalid` */
function limitOf(said: unknown): number {
  if (said === undefined) return usualLimitMs;
  const limit = Number(said);
  if (Number.isInteger(limit) && limit >= 500 && limit <= 600_000) return limit;
  throw new BpError("config/invalid", {
    path: "--watchdog-ms",
    found: JSON.stringify(said),
    expected: "500 to 600000, whole milliseconds",
  });
}

/** What is run, and who has to do with it. */
interface Configured {
  readonly config: BotConfig;
  readonly operator: Operator;
  /** What Ctrl+C and the end of the duration mean. */
  readonly onExit: Ending;
  readonly watching: Watching;
  readonly flags: DoorFlags;
  readonly unstarted: Unstarted;
}

/** Runs a configuration, however it was read. */
async function runConfigured({ config, operator, onExit, watching, flags, unstarted }: Configured): Promise<ExitCode> {
  const output = config.json ? process.stderr : process.stdout;
  const say = (line: string) => output.write(`${line}\n`);
  for (const notice of config.notices) process.stderr.write(`note: ${notice}\n`);
  const alerts =
    config.place === "memory"
      ? undefined
      : alertsFace(alertSettings(), { operator, lang: config.lang, file: config.file, warn });

  const stage = await chooseStage(config);
  unstarted.knows(stage);
  const killFile = watching.killFile === undefined ? undefined : fromHere(watching.killFile);
  let self: Killable | undefined;
  const isHalted = () => self?.isKilled ?? operator.ending === "halt";
  /** Whatever else was wrong does not matter any more. */
  const unlessHalted = (error: unknown) => {
    if (!isHalted()) throw error;
    return undefined;
  };
  let ready: Ready | undefined;
  let door: RunDoor | undefined;
  let isReady = false;
  try {
    if (stage.place !== "memory") self = killableAt(stage, config, operator, killFile);
    const refusal = refusalOf({ lasts: stage.lasts, accounts: accountsOf(stage) }, killFile);
    if (refusal !== undefined && !isHalted()) {
      process.stderr.write(`error: ${refusal}\n`);
      unstarted.because(refusal);
      return exit.halted;
    }
    ready = isHalted() ? undefined : await readyFor(config, stage, operator, say).catch(unlessHalted);
    if (ready === undefined) {
      say(operator.ending === undefined ? "nothing was sent" : "stopped before the first order");
      if (!isHalted()) return operator.ending === "yield" ? exit.halted : exit.done;
      self?.entry?.leave((await self.takeBack()) ? "nothing" : "unknown"); // of a run before this one
      return exit.halted;
    }
    const folder = self?.entry?.folder;
    const script = scriptOf(config.lang, ready.recipe);
    const told = { say, script, isTerminal: output.isTTY, tell: warn };
    door = await openRunDoor({ flags, stage, operator, folder, config, ...told });
    isReady = true;
  } finally {
    if (!isReady) {
      ready?.store.close();
      await ready?.held.release();
      self?.entry?.leave("untouched");
      await stage.close();
    }
  }
  const log = config.logs === undefined ? undefined : openLog(config.logs, (why) => process.stderr.write(`${why}\n`));
  const write = config.json ? undefined : (text: string) => void process.stdout.write(`${text}\n`);
  const face = together([
    unstarted.face,
    config.json ? jsonFace(config.screenSeconds * 1_000) : consoleFace(config),
    systemsFace({ lang: config.lang, leverage: config.prepare.leverage, write, log, hear: door?.feed.say }),
    telling(ready.held),
    ...(alerts === undefined ? [] : [alerts]),
    ...(door === undefined ? [] : [door.feed]),
  ]);
  const { resume, durationSeconds, journalSlowMs } = config;
  let result: SessionResult;
  const shipping = shippingOf(config, ready.store);
  try {
    const guard = await guardOf({ stage, config, self, operator, killFile, limitMs: watching.limitMs });
    const options = { resume, durationSeconds, face, operator, onExit, guard, journalSlowMs, glass: door?.feed.glass };
    result = await runSession({ stage, ...ready, ...options });
  } finally {
    ready.store.close();
    await ready.held.release();
    await Promise.all([shipping?.finish(lastShipmentMs), alerts?.close(), door?.close()]);
  }
  await log?.close();
  if (config.summary !== undefined) writeSummary(config.summary, result.summary);
  if (result.failure !== undefined) fail(result.failure);
  return isHalted() && result.code === exit.done ? exit.halted : result.code;
}

/** The run of this stage, in the list of bots from now on. */
function killableAt(stage: Stage, config: BotConfig, operator: Operator, killFile: string | undefined): Killable {
  return killable({
    role: "bot",
    config,
    lasts: stage.lasts,
    accounts: accountsOf(stage),
    killFile,
    operator,
    tell: warn,
  });
}

/** How long the end of a run waits for the store, ms. */
const lastShipmentMs = 10_000;

const warn = (line: string): void => void process.stderr.write(`${line}\n`);

function shippingOf(config: BotConfig, { file }: JournalStore): Shipping | undefined {
  const store = storeOf(config);
  return store === undefined ? undefined : shipInThread(file, store, warn);
}

/** The accounts of a stage, with the ways there. */
const accountsOf = ({ accounts, venues, doors }: Stage): KillableOptions["accounts"] =>
  accounts.map((name, at) => ({ name, venue: venues[at]?.id ?? "", door: doors?.[at] }));

interface GuardAsk {
  readonly stage: Stage;
  readonly config: BotConfig;
  /** `undefined` in virtual time: there is nobody who could be late, and nothing to be left behind. */
  readonly self: Killable | undefined;
  readonly operator: Operator;
  readonly killFile: string | undefined;
  readonly limitMs: number | undefined;
}

/** Watchdog and kill switch of a run. */
async function guardOf({ stage, config, self, operator, killFile, limitMs }: GuardAsk): Promise<Guard | undefined> {
  if (self?.entry === undefined) return undefined;
  const { standGuard } = await import("../watchdog/guard.ts");
  return standGuard({
    stage,
    operator,
    killFile,
    entry: self.entry,
    takeBack: () => self.takeBack(),
    tell: warn,
    alerts: { account: accountLine(stage, config.file), lang: config.lang },
    limitMs: stage.lasts ? limitMs : undefined, // elsewhere the orders end with the bot
  });
}

/** Keeps a bot running that has been checked before. @throws BpError `config/conflict` where somebody would have to be asked each time */
async function supervised(config: BotConfig, { killFile }: Watching, unstarted: Unstarted): Promise<ExitCode> {
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
  return supervise({
    args: process.argv.slice(2).filter((each) => each !== "--supervise"),
    config,
    killFile: killFile === undefined ? undefined : fromHere(killFile),
    refused: (why) => unstarted.because(why),
  });
}
