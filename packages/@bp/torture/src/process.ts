// One bot as a process: it lives, stands still, dies at a given step, and is started again from its journal.
import { type Command, type Event, type Millis, millis, type Unnumbered } from "@bp/core";
import { createRunner, type Engine, type Note, type Runner, replay } from "@bp/engine";
import { createTally, type Tally } from "@bp/report";
import { createDiary, type Diary } from "./diary.ts";
import type { CrashPoint } from "./fault.ts";
import type { Subject } from "./subject.ts";

/** What a process is connected to. */
export interface Surroundings {
  readonly subject: Subject;
  now(): Millis;
  /** Hands a command to its venue. */
  send(command: Command): void;
  /** Whether the journal cannot be written now. */
  full(): boolean;
  /** How long a commit takes now, in ms. */
  commitMs(): number;
  /** Runs `fn` at that moment. */
  at(time: Millis, fn: () => void): void;
  /** A fact is about to be handled. */
  onTold(fact: Unnumbered): void;
  onStep(event: Event, commands: readonly Command[], notes: readonly Note[]): void;
  /** It could not write its journal: it will end by itself. */
  onJournalFailure(): void;
  /** Its journal is slow, or quick again. */
  onJournalPace(pace: "slow" | "quick"): void;
  /** Killed by the plan, to be started again `downMs` later. */
  onDeath(downMs: number): void;
}

/** A bot and its journal. */
export interface Process {
  /** `undefined` while it is dead. */
  readonly engine: Engine | undefined;
  readonly tally: Tally | undefined;
  readonly diary: Diary;
  /** Whether it stands still. */
  readonly frozen: boolean;
  /** A fact arrives. */
  hear(fact: Unnumbered): void;
  /** Stands still until then. */
  freeze(until: Millis): void;
  /** The machine's clock is set: a process that runs keeps its own time, the next one begins with the new. */
  shift(byMs: number): void;
  /** Dies at the `step`-th of such points from now, for `downMs`. */
  doom(point: CrashPoint, step: number, downMs: number): void;
  /** Starts from what the journal has. @returns what a second recovery of the same journal did differently */
  start(): string | undefined;
  /** Dies now; what it had not committed is lost. */
  die(): void;
}

/** A bot that has not been started yet. */
export function createProcess(world: Surroundings): Process {
  const { subject } = world;
  const diary = createDiary();
  let life: { readonly engine: Engine; readonly tally: Tally; readonly runner: Runner } | undefined;
  let dooms: { readonly point: CrashPoint; readonly downMs: number; left: number }[] = [];
  let waiting: Unnumbered[] = [];
  let stillUntil = 0;
  let offset = 0;
  let machineOffset = 0;
  /** Time that commits took while the world stood still for them. */
  let spentMs = 0;

  const die = () => {
    if (life === undefined) return;
    life = undefined;
    dooms = [];
    waiting = [];
    stillUntil = 0;
    diary.tear();
  };
  const freeze = (until: Millis) => {
    if (life === undefined || until <= stillUntil) return;
    stillUntil = until;
    world.at(until, thaw);
  };
  const thaw = () => {
    while (world.now() >= stillUntil) {
      const fact = waiting.shift(); // whoever dies empties it
      if (fact === undefined) return;
      now(fact);
    }
  };
  /** A persisted step, or a command that has left: the plan may end the process here. */
  const step = (point: CrashPoint) => {
    for (const each of dooms)
      if (each.point === point) {
        each.left -= 1;
        if (each.left === 0) {
          die();
          world.onDeath(each.downMs);
          return;
        }
      }
    const slowMs = point === "commit" ? world.commitMs() : 0;
    if (slowMs === 0) return;
    spentMs += slowMs;
    freeze(millis(Math.max(world.now(), stillUntil) + slowMs));
  };
  const now = (fact: Unnumbered) => {
    if (life === undefined) return;
    world.onTold(fact);
    life.runner.handle({ ...fact, at: millis(world.now() + offset) });
  };

  const recovered = () => {
    const engine = subject.engine();
    const tally = createTally({
      instruments: subject.instruments,
      graceMs: subject.bounds.graceMs,
      existing: subject.existing,
    });
    const replayed = replay(engine, diary.entries, (event, commands) => {
      tally.event(event);
      for (const command of commands) tally.command(command);
    });
    return { engine, tally, ...replayed };
  };

  const start = (): string | undefined => {
    offset = machineOffset;
    const { engine, tally, seq, unwritten, difference } = recovered();
    if (difference !== undefined) return `its own events give other commands at event ${difference.seq}`;
    const different = diary.entries.length === 0 ? undefined : compare({ engine, unwritten }, recovered());
    const mine = {}; // this life, not one after it
    current = mine;
    const alive = () => life !== undefined && current === mine;
    const journal = diary.open(
      (point) => {
        if (alive()) step(point);
        return alive();
      },
      () => alive() && world.full(),
    );
    const runner = createRunner({
      engine,
      journal,
      after: seq,
      send: (command) => {
        if (!alive()) return;
        world.send(command);
        step("send");
      },
      onStep: (event, commands, notes) => {
        if (!alive()) return;
        tally.event(event);
        for (const command of commands) tally.command(command);
        world.onStep(event, commands, notes);
      },
      elapsed: () => world.now() + spentMs,
      onJournalSlow: () => {
        if (alive()) world.onJournalPace("slow");
      },
      onJournalQuick: () => {
        if (alive()) world.onJournalPace("quick");
      },
      onJournalFailure: () => {
        if (alive()) world.onJournalFailure();
      },
    });
    life = { engine, tally, runner };
    for (const command of unwritten) journal.append({ dir: "out", cause: seq, command });
    return different;
  };
  let current = {};

  return {
    get engine() {
      return life?.engine;
    },
    get tally() {
      return life?.tally;
    },
    get frozen() {
      return world.now() < stillUntil;
    },
    diary,
    hear: (fact) => {
      if (life === undefined) return;
      if (world.now() < stillUntil || waiting.length > 0) waiting.push(fact);
      else now(fact);
    },
    freeze,
    shift: (byMs) => {
      machineOffset += byMs;
    },
    doom: (point, steps, downMs) => void dooms.push({ point, downMs, left: steps }),
    start,
    die,
  };
}

/** Whether two recoveries of one journal came to the same; in words if they did not. */
function compare(
  one: { readonly engine: Engine; readonly unwritten: readonly Command[] },
  other: { readonly engine: Engine; readonly unwritten: readonly Command[] },
): string | undefined {
  const pictures = [one, other].map(({ engine, unwritten }) =>
    JSON.stringify([engine.view.halted, engine.done, [...engine.orders.values()], unwritten, engine.view.profit()]),
  );
  return pictures[0] === pictures[1] ? undefined : "a second recovery of the same journal came to something else";
}
