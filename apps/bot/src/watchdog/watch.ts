// The watchdog: a process of its own that hears its bot, and takes the bot's orders back when it does not any more.
import { rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { isBpError, millis } from "@bp/core";
import { systemClock } from "@bp/transport";
import { followLease } from "../bots/lease.ts";
import { isKilled } from "../bots/marks.ts";
import { filesOf, killIn, killPatienceMs, removeBot } from "../bots/registry.ts";
import { systemCodeOf } from "../failures.ts";
import { createAlarm } from "./alarm.ts";
import type { CancelDoor } from "./cancelDoor.ts";
import { type Cleared, type ClearOptions, clearAll, saidOf } from "./clear.ts";
import { openCancelDoor } from "./open.ts";
import type { KnownRuns } from "./own.ts";
import { doorFrom, hearBot, type ToBot, type ToWatchdog } from "./protocol.ts";
import { leaveNote, logLine } from "./report.ts";
import { serveKills } from "./serve.ts";
import { createVigil } from "./vigil.ts";
import { createVoice } from "./voice.ts";

/** So long a terminal, or whoever reads the bot's complaints, is held open after the bot has died, ms. */
const aloudMs = 30_000;
/** How long cancels wait for the disk to tell the number of the last order, ms; what it tells later counts from then on. */
const diskMs = 100;
/** How long a watchdog that has cleared up after its bot goes on trying to tell of it, and one whose bot has said goodbye, ms. */
const [alarmMs, shortAlarmMs] = [30_000, 1_000];
/** How long the end waits for a terminal or a disk that does not take what is written, ms. */
const leaveMs = 2_000;

type Hello = Extract<ToWatchdog, { type: "hello" }>;
type Run = Extract<ToWatchdog, { type: "run" }>;

/** Watches until its bot has said goodbye, or is gone and cleared away. It speaks with the bot over stdin and stdout. */
export function watch(): Promise<void> {
  // It lives as long as its bot, whatever is sent to the terminal's processes; SIGKILL alone ends it before.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const) process.on(signal, () => undefined);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined); // nobody reads it any more
  return new Promise((resolve, reject) => {
    let begun: Promise<Watch> | undefined;
    hearBot(process.stdin, (said) => {
      if (said.type === "hello") begun ??= begin(said, resolve);
      else begun?.then((watching) => watching.heard(said), reject);
      if (said.type === "hello") begun?.then(() => say({ type: "ready" }), reject);
    });
    process.stdin.once("end", () => {
      if (begun === undefined) resolve();
      else begun.then((watching) => watching.gone(), reject);
    });
  });
}

interface Watch {
  heard(said: Exclude<ToWatchdog, Hello>): void;
  /** The pipe has ended, and with it the bot. */
  gone(): void;
}

async function begin(
  { folder, pid, limitMs, patienceMs, doors: given, accounts, outlet, alerts }: Hello,
  over: () => void,
): Promise<Watch> {
  const doors: CancelDoor[] = [];
  for (const each of given) doors.push(await openCancelDoor(doorFrom(each), systemClock));
  const { fence, lease, socket } = filesOf(folder);
  const numbers = await followLease(lease);
  const voice = createVoice(outlet);
  const alarm = createAlarm(alerts, (line) => logLine(`bot ${pid}: ${line}`));
  const vigil = createVigil(limitMs, performance.now());
  let run: Run | undefined;
  let isWarm = false;
  let isLast = false; // the bot is gone
  let isOver = false;
  let killing: Promise<unknown> = Promise.resolve();
  let fencing: Promise<unknown> = Promise.resolve();
  let acting: { readonly done: Promise<readonly Cleared[]>; readonly stop: AbortController } | undefined;

  const tell = (text: string) => {
    logLine(`bot ${pid}: ${text}`);
    voice.say(`watchdog: ${text}`);
  };
  const warm = () => {
    isWarm = true;
    return Promise.all(doors.map((door) => door.warm()));
  };
  const finish = async () => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    await server?.close();
    await killing; // it is answered before the doors close: the bot may have left its orders
    await Promise.all(doors.map((door) => door.close()));
    await Promise.race([numbers.close(), systemClock.sleep(diskMs)]);
    await alarm.finish(isLast ? alarmMs : shortAlarmMs);
    over();
    leave(leaveMs);
  };

  /**
   * The bot finds the file before it sends anything; where no file can be made, it hears of it after the first things that it does. One
   * that stands already is left with its words: those of a kill say that somebody waits to hear what is left.
   */
  const setFence = (why: string) => {
    fencing = writeFile(fence, `${why}\n`, { mode: 0o600, flag: "wx" }).catch((error: unknown) => {
      if (systemCodeOf(error) !== "EEXIST")
        tell(`the fence cannot be set, and the bot is told by its pipe alone: ${String(error)}`);
    });
    say({ type: "fenced" });
  };

  /** Takes the run's orders back, until two lists in a row are clean and nothing late can arrive any more. Nothing here waits for a disk or a terminal. */
  const act = (why: string, { run: id, clientRun, symbols, last }: Run) => {
    const since = systemClock.now();
    const known = numbers.look();
    if (!isLast) setFence(why);
    const stop = new AbortController();
    const newest = new Map<string, Cleared>();
    let isTold = false;
    const aloud = setTimeout(() => {
      if (!isTold) {
        tell(`not done yet, and going on; ${saidOf([...newest.values()])}`);
        alarm.tell(id, (words) => words.notCleared(saidOf([...newest.values()])));
      }
      if (isLast) voice.fallSilent();
    }, aloudMs);
    tell(`${why}: taking its orders back`);
    alarm.tell(id, (words) => words.fired(why));
    /** Later numbers are of a bot that goes on with this run: its orders are in its own care. */
    const own = async (): Promise<KnownRuns> => {
      if (numbers.last !== undefined) return { runs: [{ clientRun, last: numbers.last }], doubt: undefined };
      // The venues had not told yet what rests. Whoever goes on with the run takes the folder away before anything is sent, so that what a
      // list shows while it stands is of this bot, or of the one before it.
      const stands = await Promise.race([numbers.look(), systemClock.sleep(diskMs).then(() => undefined)]);
      if (stands === true) return { runs: [{ clientRun, last: numbers.last }], doubt: undefined };
      const doubt =
        stands === false ? undefined : "the disk does not tell whether another process goes on with the run";
      return { runs: [{ clientRun, last: numbers.last ?? last }], doubt };
    };
    const options: Omit<ClearOptions, "door"> = {
      known: own,
      symbols,
      clock: systemClock,
      since,
      until: millis(since + patienceMs),
      signal: stop.signal,
      told: (cleared) => {
        const { venue, trouble } = cleared;
        if (trouble !== undefined && newest.get(venue)?.trouble !== trouble)
          logLine(`bot ${pid}: ${venue}: ${trouble}`);
        newest.set(venue, cleared);
        if (isTold || newest.size < doors.length || ![...newest.values()].every(({ clean }) => clean)) return;
        isTold = true;
        tell(saidOf([...newest.values()]));
        alarm.tell(id, (words) => words.cleared(saidOf([...newest.values()])));
        if (isLast) voice.fallSilent();
      },
    };
    const done = Promise.race([known, systemClock.sleep(diskMs)]).then(() => clearAll(doors, options));
    acting = { done, stop };
    done.then(
      () => clearTimeout(aloud),
      () => undefined,
    );
    return done;
  };

  /** Nothing is left to say to anybody but the log: whoever waits for the end of the bot's output gets it. */
  const clearAway = async (why: string) => {
    isLast = true;
    voice.alone();
    if (run === undefined) return finish();
    const cleared = await (acting === undefined ? act(why, run) : again(why, run, acting));
    const said = saidOf(cleared);
    await Promise.race([leaveNote(accounts, `run ${run.run}: ${why}; ${said}`), systemClock.sleep(leaveMs)]);
    logLine(`bot ${pid}: ${said}; the watch is over`);
    if (cleared.every(({ clean }) => clean)) removeBot(folder);
    await finish();
  };
  /** It had been frozen and is gone now: nothing more can come of it than did before. */
  const again = async (why: string, owner: Run, { done }: NonNullable<typeof acting>) => {
    const before = await done;
    const after = await act(why, owner);
    return after.map((each, at) => ({ ...each, cancelled: each.cancelled + (before[at]?.cancelled ?? 0) }));
  };

  /** The bot has found the fence and asks to go on. */
  const free = async () => {
    const { stop, done } = acting ?? {};
    stop?.abort();
    const cleared = (await done) ?? [];
    await fencing;
    // It is stopping, and the fence stays: where no mark could be made, that is all that the kill has left.
    if (isLast || accounts.some(isKilled) || killIn(folder) !== undefined) return;
    acting = undefined;
    rmSync(fence, { force: true });
    vigil.heard(performance.now());
    tell("the bot is awake again and goes on from what the venues say");
    if (run !== undefined) alarm.tell(run.run, (words) => words.awake);
    say({ type: "free", did: cleared.length === 0 ? "nothing had to be done" : saidOf(cleared) });
  };

  const timer = setInterval(
    () => {
      const state = vigil.look(performance.now());
      if (run === undefined || acting !== undefined || isLast) return;
      if (state === "well") isWarm = false;
      else if (state === "late") act(`the bot has not been heard for ${limitMs} ms`, run).catch(wrong);
      else if (!isWarm) warm().catch(wrong);
    },
    Math.max(10, Math.min(100, limitMs / 20)),
  );
  const wrong = (error: unknown) => {
    logLine(`bot ${pid}: ${isBpError(error) ? error.message : String(error)}`);
    if (!isLast) leave(diskMs); // so long the log has for it; the bot notices, and starts another
  };
  process.on("uncaughtException", wrong);
  const server = await serveKills(socket, async (tellClient) => {
    const one = killed(tellClient);
    killing = Promise.allSettled([killing, one]);
    await one;
  });
  const killed = async (tellClient: (answer: readonly object[]) => void) => {
    tell("bot kill: taking its orders back");
    const cleared = await clearAll(doors, {
      known: () => ({
        runs: run === undefined ? [] : [{ clientRun: run.clientRun }, ...run.others], // it may begin meanwhile
        doubt: undefined,
      }),
      symbols: run?.symbols,
      clock: systemClock,
      until: millis(systemClock.now() + killPatienceMs),
    });
    tell(saidOf(cleared));
    tellClient(accounts.map((account, at) => ({ account, ...(cleared[at] ?? missing(account)) })));
  };
  await Promise.race([warm(), systemClock.sleep(3_000)]);

  return {
    heard: (said) => {
      vigil.heard(performance.now());
      if (said.type === "beat") say({ type: "heard" });
      else if (said.type === "run") run = said;
      else if (said.type === "awake") void free().catch(wrong);
      else if (said.clean) void finish().catch(wrong);
      else void clearAway("the bot has ended and could not verify that its orders are gone").catch(wrong);
    },
    gone: () => {
      if (isOver || isLast) return;
      void clearAway("the bot has ended without a goodbye").catch(wrong);
    },
  };
}

const missing = (venue: string): Cleared => ({
  venue,
  cancelled: 0,
  clean: false,
  ms: undefined,
  trouble: "there are no keys for it",
});

function say(said: ToBot): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

/** Ends this process if it does not end by itself. A thread that hangs in a write would keep a gentler exit for ever. */
function leave(afterMs: number): void {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), afterMs).unref();
}
