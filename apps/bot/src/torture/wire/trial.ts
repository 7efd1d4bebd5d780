// One trial over the wire: the bot as a process, venues behind sockets that fail as the plan says, and the books of the venues.
import { join } from "node:path";
import { type Fault, faultText, happen } from "@bp/torture";
import { systemClock } from "@bp/transport";
import { exit } from "../../exit.ts";
import { openBooks } from "./books.ts";
import { type Ground, openGround } from "./ground.ts";
import type { WireOutcome, WireTrial } from "./job.ts";
import { judge } from "./judge.ts";
import { type Life, startLife } from "./life.ts";
import { reachOf } from "./reach.ts";
import { createWeather } from "./weather.ts";

/** How long a start, and how long an end, may take, in ms; a machine that does much else is slow. */
const patienceMs = 180_000;
/** A bot that was started so lately is let find its feet before it is stopped, in ms. */
const youngMs = 2_000;
/** After the end of a process that nobody has planned, the next one is started so much later, in ms. */
const againMs = 300;
/** So often in a row a start may fail while nothing is wrong any more. */
const mostFailures = 3;

/** Tries it. @throws BpError `config/*` as a start does */
export async function tryWire(trial: WireTrial): Promise<WireOutcome> {
  const { file, seed, speed } = trial;
  const ground = await openGround(file, seed, speed);
  let outcome: WireOutcome | undefined;
  try {
    outcome = await tryOn(ground, trial);
    return outcome;
  } finally {
    const keeps = trial.tell !== undefined && (outcome?.violations.length ?? 0) > 0;
    await ground.close(keeps ? "keep" : "remove");
    if (keeps) trial.tell?.(`journal, summaries and configuration are kept in ${ground.folder}`);
  }
}

async function tryOn(ground: Ground, trial: WireTrial): Promise<WireOutcome> {
  const { seed, speed, plan, seconds, signal, tell } = trial;
  const { folder, config, holders, sites } = ground;
  const zero = systemClock.now();
  const now = () => systemClock.now() - zero;
  const books = openBooks(holders, sites, now);
  const weather = createWeather(sites, seed);
  const lives: Life[] = [];
  /** Processes that did not trade. */
  const others: Life[] = [];
  const wrong: { invariant: number; at: number; says: string }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const say = (line: string) => tell?.(`${(now() / 1_000).toFixed(3).padStart(8)} ${line}`);
  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const reach = reachOf(holders, books, later);
  const lag = watchLag();
  let bornAt = 0;
  const born = async (): Promise<Life> => {
    const args = ["start", config, "--json", "--summary", `summary-${lives.length}.json`];
    args.push("--journal", join(folder, "journal.sqlite"), "--speed", String(speed), ...watchOf(seed));
    const life = startLife(ground, args);
    lives.push(life);
    const did = await within(life.begun, patienceMs, signal);
    if (did === undefined && !signal.aborted) life.child.kill("SIGKILL");
    bornAt = now();
    say(did === true ? `the bot has started (life ${lives.length})` : `the bot could not start: ${life.last()}`);
    return life;
  };

  let life = await born();
  if (life.isOver && !signal.aborted)
    throw new Error(`the bot does not start with ${trial.file ?? "the demo"}: ${life.last()}`);
  let isFrozen = false;
  let killedAt: number | undefined;
  let resumes = false;
  let downMs = againMs;
  const began = now();
  const dueAt = began + seconds * 1_000;
  const happens = (fault: Fault) => {
    say(`* ${faultText(fault)}`);
    weather.begin(fault);
    happen(fault, reach);
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other kinds are not for this place
    switch (fault.kind) {
      case "crash":
        downMs = fault.downMs;
        return void life.child.kill("SIGKILL");
      case "freeze":
        if (isFrozen || life.isOver) return;
        isFrozen = true;
        life.child.kill("SIGSTOP");
        return later(fault.forMs, () => {
          isFrozen = false;
          life.child.kill("SIGCONT");
        });
      case "kill":
        if (life.isOver || killedAt !== undefined) return;
        killedAt = now();
        resumes = fault.resumeMs !== undefined;
        downMs = fault.resumeMs ?? againMs;
        return void life.child.kill("SIGUSR2");
      default:
    }
  };
  for (const fault of plan) later(fault.at, () => happens(fault));

  let halted: string | undefined;
  /** A process has ended: what comes next. */
  const goOn = async (): Promise<"over" | "goes on"> => {
    const { code } = life;
    say(`the bot has ended ${code === undefined ? "by a signal" : `with code ${code}: ${life.last()}`}`);
    if (code === exit.done) return "over";
    if (code === exit.usage) throw new Error(`the bot does not start again: ${life.last()}`);
    if (code === exit.halted) {
      halted = life.last();
      if (killedAt === undefined) return "over";
      const asked = await born(); // as long as nobody resumes, it must not begin
      if (!asked.isOver) {
        wrong.push({ invariant: 10, at: now(), says: "a bot was started on accounts that are killed" });
        asked.child.kill("SIGKILL");
      }
      await asked.ended;
      lives.pop();
      others.push(asked);
      if (!resumes) return "over";
      await systemClock.sleep(downMs, signal);
      const resuming = startLife(ground, ["resume", config, "--yes"]);
      others.push(resuming);
      if ((await resuming.ended) !== exit.done)
        wrong.push({ invariant: 10, at: now(), says: `a killed account cannot be resumed: ${resuming.last()}` });
      killedAt = undefined;
    } else await systemClock.sleep(downMs, signal);
    downMs = againMs;
    halted = undefined;
    life = await born();
    return "goes on";
  };
  let isOver = false;
  while (!isOver && !signal.aborted && now() < dueAt) {
    await within(life.ended, dueAt - now(), signal);
    if (life.isOver && !signal.aborted) isOver = (await goOn()) === "over";
  }
  for (const timer of timers) clearTimeout(timer);
  weather.clear();
  for (const fault of plan)
    if (fault.kind === "halted")
      happen(
        { ...fault, forMs: 0 },
        reachOf(holders, books, (_, act) => act()),
      );
  if (isFrozen) life.child.kill("SIGCONT");
  let failures = 0;
  while (!isOver && life.isOver && !signal.aborted) {
    failures += 1;
    if (failures > mostFailures) {
      wrong.push({ invariant: 11, at: now(), says: `the bot could not be started again: ${life.last()}` });
      break;
    }
    isOver = (await goOn()) === "over";
  }
  if (!life.isOver && !signal.aborted) {
    await systemClock.sleep(Math.max(0, bornAt + youngMs - now()), signal);
    say("it is asked to stop");
    life.child.kill("SIGTERM");
    await within(life.ended, patienceMs, signal);
  }
  if (!life.isOver) {
    if (!signal.aborted)
      wrong.push({ invariant: 9, at: now(), says: `the bot does not end in ${patienceMs / 1_000} s: ${life.last()}` });
    life.child.kill("SIGKILL");
  }
  await life.ended;
  for (const timer of timers) clearTimeout(timer);
  say(`the last process has ended with ${life.code ?? "a signal"}: ${life.last()}`);
  if (signal.aborted)
    return { seed, plan, violations: [], events: 0, orders: 0, fills: 0, lives: lives.length, halted };
  return judge(ground, trial, books, { lives, others, began, endedAt: now(), lagMs: lag(), wrong, halted });
}

/** Waits for something, but not for longer; `undefined`: it has not come. No timer is left behind. */
async function within<T>(what: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  const over = new AbortController();
  try {
    const late = systemClock.sleep(Math.max(0, ms), AbortSignal.any([signal, over.signal])).then(() => undefined);
    return await Promise.race([what, late]);
  } finally {
    over.abort();
  }
}

/** How long the machine has let a timer wait at most, ms: what took so long here took as long in the bot. The answer ends it. */
function watchLag(): () => number {
  const everyMs = 100;
  let most = 0;
  let last = systemClock.now();
  const timer = setInterval(() => {
    const now = systemClock.now();
    most = Math.max(most, now - last - everyMs);
    last = now;
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return most;
  };
}

/** Whether a second process watches over it depends on the seed: half of them. */
function watchOf(seed: number): readonly string[] {
  return seed % 2 === 0 ? ["--no-watchdog"] : ["--watchdog-ms", "2000"];
}
