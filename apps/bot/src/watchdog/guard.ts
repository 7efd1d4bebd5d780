// The bot's side of watchdog and kill switch: it beats while its loop runs, looks for fence and kill before each order, and
// keeps its watchdog alive.
import { type InstrumentId, type PlaceOrder, symbolOf, type VenueId, venueOf } from "@bp/core";
import type { BotEntry } from "../bots/enter.ts";
import { type Lease, openLease } from "../bots/lease.ts";
import { filesOf, foundBots, killIn, type Left, removeBot, sayGoodbye, writeRecord } from "../bots/registry.ts";
import { signAt } from "../bots/sign.ts";
import { type MarkWatch, watchMarks } from "../bots/watchMarks.ts";
import { halts, type Operator } from "../operator.ts";
import type { Stage } from "../stage/stage.ts";
import type { OwnRun } from "./own.ts";
import { type Alarmed, openDoorOf, type ToBot, type ToWatchdog } from "./protocol.ts";
import { takeNotes } from "./report.ts";
import { outlet, spawnWatchdog, type Watchdog } from "./spawn.ts";

/** Who is guarded. */
export interface GuardOptions {
  readonly stage: Stage;
  readonly operator: Operator;
  /** Its place in the list of bots, which it takes over. */
  readonly entry: BotEntry;
  /** How long the bot may be silent, ms; `undefined`: no watchdog. */
  readonly limitMs: number | undefined;
  /** Full path of a file whose presence kills. */
  readonly killFile: string | undefined;
  /** Takes back what a run has left for later, when it is killed after all. @returns whether it is gone by the venues' own lists */
  readonly takeBack: () => Promise<boolean>;
  readonly tell: (line: string) => void;
  /** Whose orders they are, for what the watchdog tells his channels; left out: it tells nobody. */
  readonly alerts?: Alarmed;
}

/** A run, as far as its orders have to be told from others. */
export interface GuardedRun {
  readonly run: string;
  readonly clientRun: number;
  /** Client id of its last order as far as its journal tells, or the one before its first. */
  readonly last: number;
  /** Runs of its journal that have not ended. */
  readonly others: readonly OwnRun[];
  /** Markets in which orders of all these may rest. */
  readonly instruments: readonly InstrumentId[];
}

/** Stands beside a run. */
export interface Guard {
  /** What watchdogs of runs before have left to say; taken away by reading. */
  notes(): readonly string[];
  /** The run has its number: from here on it is watched. */
  begun(run: GuardedRun): void;
  /**
   * A venue has told what rests there. Until all have, the journal may have lost the end of the run (a power cut): so long all numbers
   * of the run are its own.
   *
   * @param last - the newest number that is known by now
   */
  told(venue: VenueId, last: number): void;
  /** The loop has made a step. */
  stepped(): void;
  /** Whether an order may leave now; writes its number down if so. About 3 µs. */
  passes(order: Pick<PlaceOrder, "clientId">): boolean;
  /** Whether an order that has passed may still leave: it may have waited since. */
  readonly mayLeave: () => boolean;
  /**
   * Hears that orders were taken back while the bot slept. Nothing may be placed until `free` resolves, with what was done in
   * words; then everything has to be asked anew.
   */
  onFence(listener: (free: Promise<string>) => void): void;
  /** The end. Where it is not known what is left, the watchdog goes on with that. */
  ended(left: Left): Promise<void>;
}

/** How often marks, fence and beats are looked after at most, ms. */
const tickMs = 200;
/** A loop that beats once a second has stopped after this, ms. */
const stillMs = 3_000;
/** Kill marks are looked for in the way of an order at most this often, ms: they are told by the file system too. */
const marksEveryMs = 5;
/** How long a watchdog tries to clear the accounts of a bot that is gone, ms. A sandbox that does not answer is gone too. */
const [livePatienceMs, patienceMs] = [3_600_000, 60_000];
/** How long after the end of a watchdog another one is started, ms. */
const againMs = 500;
/** How long a new watchdog may take to answer, ms. */
const readyMs = 60_000;
/** A watchdog that has not answered for so long is replaced, ms. */
const dogMs = 10_000;

/**
 * Stands guard, and starts the bot's watchdog where there is to be one.
 *
 * @throws what the file system does where the state folder cannot be written and the exchange outlives the bot
 */
export async function standGuard(options: GuardOptions): Promise<Guard> {
  const { stage, operator, limitMs, tell, entry } = options;
  const { folder } = entry;
  const { fence, lease: leaseFile } = filesOf(folder);
  const lease: Lease = openLease(leaseFile);
  const watched = (stage.doors ?? []).flatMap((door, at) => {
    const open = openDoorOf(door);
    return open === undefined ? [] : [{ door: open, account: stage.accounts[at] ?? "" }];
  });
  const silent = new Set(stage.venues.map(({ id }) => id));
  let { record } = entry;

  let run: Extract<ToWatchdog, { type: "run" }> | undefined;
  let dog: Watchdog | undefined;
  let isReady = false;
  let heardAt = performance.now();
  let isOver = false;
  let isKilled = false;
  let isFenced = false;
  let steppedAt = performance.now();
  let tickedAt = performance.now();
  let markedAt = 0;
  let freed: ((did: string) => void) | undefined;
  let fenceHeard: ((free: Promise<string>) => void) | undefined;

  const kill = (by: string) => {
    if (isKilled) return;
    isKilled = true;
    operator.ask("halt", by);
  };
  const deaf = operator.hear((what) => {
    if (halts(what)) isKilled = true;
  });
  const marks: MarkWatch = watchMarks(stage.lasts ? stage.accounts : [], options.killFile, () => look());
  const look = () => {
    const by = marks.look();
    if (by !== undefined) kill(by);
    else if (signAt(fence) !== undefined) fenced();
  };
  const fenced = () => {
    if (isKilled) return;
    const by = marks.look() ?? killIn(folder); // bot kill sets the fence too, also in place of the watchdog's; what it killed stays dead
    if (by !== undefined) return kill(by);
    if (isFenced || isOver) return;
    isFenced = true;
    tell("the bot was not heard in time, so its watchdog takes its orders back: asking the venues for everything anew");
    const free = new Promise<string>((resolve) => {
      freed = (did) => {
        isFenced = false;
        resolve(did);
      };
    });
    if (isReady) dog?.say({ type: "awake" });
    fenceHeard?.(free);
  };

  const hears = (said: ToBot, from: () => Watchdog | undefined) => {
    if (from() !== dog) return;
    heardAt = performance.now();
    if (said.type === "free") freed?.(said.did);
    else if (said.type === "fenced") fenced();
  };
  const start = async (): Promise<void> => {
    if (limitMs === undefined) return;
    let ready: (() => void) | undefined;
    const answered = new Promise<"ready">((resolve) => {
      ready = () => resolve("ready");
    });
    const own: Watchdog = spawnWatchdog((said) => {
      if (said.type === "ready") ready?.();
      hears(said, () => own);
    }, tell);
    dog = own;
    isReady = false;
    heardAt = performance.now();
    own.say({
      type: "hello",
      folder,
      pid: process.pid,
      limitMs,
      patienceMs: stage.place === "live" ? livePatienceMs : patienceMs,
      doors: watched.map(({ door }) => door),
      accounts: watched.map(({ account }) => account),
      outlet,
      alerts: options.alerts,
    });
    if (run !== undefined) own.say(run); // it may be frozen before there is an answer
    own.ended.then(
      () => lost(own),
      () => undefined,
    );
    const late = new AbortController();
    const answer = await Promise.race([answered, own.ended, stage.clock.sleep(readyMs, late.signal)]);
    late.abort();
    if (answer !== "ready") {
      own.kill();
      return;
    }
    isReady = true;
    record = { ...record, watchdog: { pid: own.pid, limitMs } };
    writeRecord(folder, record);
    heardAt = performance.now();
    if (isFenced) own.say({ type: "awake" }); // the one that fenced us is gone
  };
  const again = async (which: Watchdog) => {
    await stage.clock.sleep(againMs);
    if (isOver || dog !== which) return;
    await start();
    if (isReady) tell("a watchdog stands beside the bot again");
  };
  const lost = (which: Watchdog) => {
    if (isOver || which !== dog) return;
    isReady = false;
    const { watchdog: _, ...without } = record;
    record = without;
    writeRecord(folder, record);
    tell("the watchdog has ended; another one is started");
    again(which).catch((error: unknown) => tell(`the watchdog cannot be started: ${String(error)}`));
  };

  const mayLeave = (): boolean => {
    if (isKilled || isFenced) return false;
    if (signAt(fence) !== undefined) {
      fenced();
      return false;
    }
    const now = performance.now();
    if (now - markedAt > marksEveryMs) {
      markedAt = now;
      const by = marks.look();
      if (by !== undefined) {
        kill(by);
        return false;
      }
    }
    return true;
  };

  const tick = () => {
    const now = performance.now();
    if (now - tickedAt > 1_000) heardAt = now; // it is we who have slept
    tickedAt = now;
    look();
    if (now - steppedAt > Math.max(stillMs, limitMs ?? 0)) return; // nothing is decided any more: that is no life
    lease.beat(Date.now());
    if (dog === undefined) return;
    dog.say({ type: "beat" });
    if (!isReady || now - heardAt <= Math.max(dogMs, limitMs ?? 0)) return;
    tell("the watchdog does not answer; it is replaced");
    dog.kill();
  };

  if (limitMs !== undefined) {
    await start();
    if (!isReady) tell("the watchdog could not be started yet; it is tried again");
  }
  entry.handOver();
  const timer = setInterval(tick, Math.max(20, Math.min(tickMs, (limitMs ?? Number.POSITIVE_INFINITY) / 5)));

  return {
    notes: () => takeNotes(stage.accounts),
    begun: ({ run: id, clientRun, last, others, instruments }) => {
      run = { type: "run", run: id, clientRun, last, others: [...others], symbols: symbolsOf(instruments) };
      record = { ...record, run: id, clientRun };
      writeRecord(folder, record);
      for (const each of foundBots())
        if (!each.alive && each.run === id && each.journal === record.journal) removeBot(each.folder); // it goes on here
      steppedAt = performance.now();
      tick();
      dog?.say(run);
    },
    told: (venue, last) => {
      silent.delete(venue);
      if (silent.size === 0) lease.ordered(Math.max(1, last)); // 0 is no number, though it would be the one before run 0's first
    },
    stepped: () => {
      steppedAt = performance.now();
    },
    passes: ({ clientId }) => {
      if (!mayLeave()) return false;
      if (silent.size === 0) lease.ordered(clientId);
      return true;
    },
    mayLeave,
    onFence: (listener) => {
      fenceHeard = listener;
    },
    ended: async (left) => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      lease.close();
      const said: Left = run === undefined ? "untouched" : left;
      dog?.say({ type: "bye", clean: said !== "unknown" });
      if (said !== "unknown" || !isReady) {
        const patience = new AbortController();
        if (dog !== undefined) await Promise.race([dog.ended, stage.clock.sleep(2_000, patience.signal)]);
        patience.abort();
        look(); // a kill up to the last moment takes back what was meant to stay
        sayGoodbye(folder, said === "meant" && isKilled && (await options.takeBack()) ? "nothing" : said);
      } // else the watchdog goes on, and clears the folder away
      marks.close();
      deaf();
    },
  };
}

function symbolsOf(instruments: readonly InstrumentId[]): Record<string, string[]> {
  const symbols: Record<string, string[]> = {};
  for (const id of new Set(instruments)) {
    const venue = venueOf(id);
    symbols[venue] = [...(symbols[venue] ?? []), symbolOf(id)];
  }
  return symbols;
}
