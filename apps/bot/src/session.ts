// One run from its beginning to its end: engine, journal and stage joined, ended cleanly, whatever the reason.
import {
  type Command,
  type Event,
  type Instrument,
  type InstrumentId,
  isBpError,
  type PlaceOrder,
  type Unnumbered,
} from "@bp/core";
import { createRunner, type Engine, type Explained, type Note } from "@bp/engine";
import type { JournalStore, RunRecord } from "@bp/journal";
import type { CountedFill, Tally } from "@bp/report";
import type { Left } from "./bots/registry.ts";
import type { ChangesMade } from "./change/made.ts";
import { takingChanges } from "./change/take.ts";
import { type Driver, driveStage } from "./driver.ts";
import { closeAll, legsKnown, nakedOf, settle, sweep } from "./ending.ts";
import { codeOf, type ExitCode, exit } from "./exit.ts";
import { forget, openRun, type Replayed } from "./opening.ts";
import { type Asked, type Ending, halts, type Operator } from "./operator.ts";
import { type RunSummary, summarized } from "./runSummary.ts";
import type { Stage } from "./stage/stage.ts";
import { slowJournal } from "./store/slow.ts";
import type { Guard, GuardedRun } from "./watchdog/guard.ts";
import type { Recipe } from "./wire-up.ts";

/** What is to be run. */
export interface SessionOptions {
  readonly stage: Stage;
  readonly instruments: readonly Instrument[];
  readonly recipe: Recipe;
  /** Open, and closed by whoever opened it. */
  readonly store: JournalStore;
  readonly resume: boolean;
  /** Seconds of the stage's clock, of any length; `undefined`: until it is stopped. */
  readonly durationSeconds: number | undefined;
  readonly face: Face;
  /** Who hears what a person wants. */
  readonly operator: Operator;
  /** What the end of the duration means. Default `stop`. */
  readonly onExit?: Ending | undefined;
  /** See `BotConfig`. */
  readonly journalSlowMs?: number | undefined;
  /** Watchdog and kill switch; left out where nothing outlives the run. */
  readonly guard?: Guard | undefined;
  /** Who looks at the loop from outside. */
  readonly glass?: Glass | undefined;
}

/** How a loop is looked at: it changes nothing. */
export interface Glass {
  /** A fact was handled, in so many ms. */
  took(ms: number): void;
  /** The journal has become slow, or quick again. */
  journalSlow(isSlow: boolean): void;
  /** Whether the step of this event is to be explained: that costs more than a plain one, and decides the same. */
  wants(event: Event): boolean;
  explained(explained: Explained): void;
  /** What was before a restart, event by event. */
  readonly replayed: Replayed;
}

/** Who shows the run: a console, or a writer of JSON lines. */
export interface Face {
  begun(run: Begun): void;
  step(
    event: Event,
    commands: readonly Command[],
    notes: readonly Note[],
    state: RunState,
    fills: readonly CountedFill[],
  ): void;
  ending(why: string): void;
  ended(result: SessionResult): void;
}

/** What is known when a run begins. */
export interface Begun {
  readonly run: string;
  readonly resumed: boolean;
  readonly stage: Stage;
  readonly instruments: readonly Instrument[];
  readonly recipe: Recipe;
  readonly journal: string;
  /** Parameters that were changed on its way; one that is resumed has them still. Goes on with the run. */
  readonly changes: ChangesMade;
  /** A run before in one of these markets that has not ended and does not go on here: its orders may still rest. */
  readonly abandoned: string | undefined;
}

/** The run as it is now. */
export interface RunState {
  readonly engine: Engine;
  readonly tally: Tally;
  readonly instruments: readonly Instrument[];
}

/** How a run ended. */
export interface SessionResult {
  readonly code: ExitCode;
  readonly why: string;
  readonly summary: RunSummary;
  readonly state: RunState;
  /** What went wrong, if something did; the run was ended as cleanly as could be. */
  readonly failure: unknown;
}

/** Why a run is to end, and how. */
interface End {
  readonly why: string;
  readonly how: Ending;
}

/** How long the venues may take to say their last words, in ms: a countdown that is stopped, a socket that is closed. */
const goodbyeMs = 3_000;
/** After so many events the journal's log is moved into its file, between two beats. */
const tidyEvery = 20_000;

/** Runs, stops, verifies, sums up. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const { stage, store, face, operator, guard, onExit = "stop" } = options;
  const startedAt = stage.clock.now();
  let orders: Left = "unknown";
  // Whatever happens from here on, the stage is closed, and whoever watches over it knows how it ended.
  try {
    const opening = openRun(store, { ...options, replayed: options.glass?.replayed });
    const { journal, engine, tally, digest, instruments, recipe } = opening;
    const ids = instruments.map(({ id }) => id);
    const state: RunState = { engine, tally, instruments };
    const drive = new AbortController();
    let failure: unknown;
    let overSeen: (() => void) | undefined;
    let tidied = opening.after;
    const watchers = new Set<(event: Event) => void>();
    const sentries = new Set<(fact: Unnumbered) => void>();

    const journalFailed = (error: unknown) => {
      failure ??= error;
      handle(operatorFact("halt", `the journal (${isBpError(error) ? error.code : "write failed"})`, stage));
    };
    const runner = createRunner({
      engine: options.glass === undefined ? engine : seenThrough(options.glass, engine),
      journal,
      after: opening.after,
      send: (command) => send(command),
      onStep: (event, commands, notes) => {
        guard?.stepped();
        if (event.type === "account.snapshot") guard?.told(event.venue, engine.lastNumber);
        opening.changes.event(event);
        const fills = tally.event(event);
        for (const command of commands) {
          tally.command(command);
          digest.add(command);
        }
        face.step(event, commands, notes, state, fills);
        for (const watcher of watchers) watcher(event);
        if (engine.view.halted !== undefined || engine.done !== undefined) overSeen?.();
        if (event.type === "timer.fired" && event.seq - tidied > tidyEvery) {
          tidied = event.seq;
          try {
            journal.tidy();
          } catch (error) {
            journalFailed(error);
          }
        }
      },
      ...(options.journalSlowMs === undefined ? {} : { slowMs: options.journalSlowMs }),
      onJournalSlow: (why) => {
        options.glass?.journalSlow(true);
        pace.slow(why);
      },
      onJournalQuick: () => {
        options.glass?.journalSlow(false);
        pace.quick();
      },
      onJournalFailure: journalFailed,
    });
    let broken = false;
    let failed: (() => void) | undefined;
    /** A mistake of ours must not leave orders behind: from then on nothing is decided any more, only cancelled. */
    const handle = (fact: Unnumbered) => {
      for (const sentry of sentries) sentry(fact);
      pace.heard(fact);
      if (broken) return;
      const from = performance.now();
      try {
        runner.handle(fact);
      } catch (error) {
        broken = true;
        failure ??= error;
        failed?.();
      }
      options.glass?.took(performance.now() - from);
    };
    const isBroken = () => broken; // it may break at any time
    const pace = slowJournal(stage, handle, (line) => void process.stderr.write(`${line}\n`));
    let driver: Driver | undefined;
    /** No order leaves while the guard says no, now or after a wait: it is told as refused, so that nothing is left pending. */
    const send = (command: Command) => {
      if (command.type === "order.place" && guard?.passes(command) === false) return handle(keptBack(command, stage));
      (driver ?? stage).send(command, guard?.mayLeave);
    };
    const venues: Stage = { ...stage, send };
    const { after, abandoned } = opening;
    const noted = (why: string, cause: number) => journal.append({ dir: "note", cause, rule: "watchdog", why });
    for (const why of guard?.notes() ?? []) noted(why, after);
    guard?.begun({ ...guardedRun(store, journal.run, ids), last: engine.lastNumber });
    const reopen = async (free: Promise<string>) => {
      const did = await free;
      driver?.reopen();
      if (!isBroken()) noted(did, runner.seq);
    };
    guard?.onFence((free) => {
      for (const fact of forget(stage, "the watchdog has taken the orders back")) handle(fact);
      reopen(free).catch(() => undefined); // a journal that cannot be written has said so by itself
    });
    const begun = { run: journal.run.id, resumed: after > 0, journal: store.file };
    face.begun({ ...begun, stage, instruments, recipe, abandoned, changes: opening.changes });

    let driving: Promise<unknown> = Promise.resolve();
    let deaf = (): void => undefined;
    const untaken = operator.takeChanges(takingChanges(engine, stage, handle, isBroken));
    const end = await new Promise<End>((resolve) => {
      const asked = (what: Asked, by: string) => {
        if (halts(what)) handle(operatorFact("halt", by, stage));
        else if (what === "pause" || what === "resume") handle(operatorFact(what, by, stage));
        else resolve({ why: saidOf[what], how: what });
      };
      deaf = operator.hear(asked);
      failed = () => resolve({ why: "failed", how: "stop" });
      overSeen = () => {
        const { halted } = engine.view;
        resolve({ why: halted === undefined ? `done: ${engine.done ?? ""}` : `halted: ${halted}`, how: "stop" });
      };
      driver = driveStage(stage, ids, handle, drive.signal, options.durationSeconds);
      driving = driver.driving.then(
        (over) => resolve(over === undefined ? { why: "time is up", how: onExit } : { why: over, how: "stop" }),
        (error: unknown) => {
          failure ??= error;
          failed?.();
        },
      );
      // Not before the venues are open: what rests is pulled while nothing is known of it, and that is sent at once.
      if (after > 0) for (const fact of forget(stage)) handle(fact);
      if (operator.ending !== undefined) asked(operator.ending, operator.endedBy ?? "a person");
      if (opening.ending !== undefined) {
        const what = opening.ending === "stop" ? "stopped" : "closed";
        resolve({ why: `it was being ${what} when it was cut off; start again for a new run`, how: opening.ending });
      }
      if (options.durationSeconds !== undefined && stage.place !== "memory")
        stage.clock.sleep(options.durationSeconds * 1_000, AbortSignal.any([operator.ends, drive.signal])).then(
          () => resolve({ why: "time is up", how: operator.ending === undefined ? onExit : "stop" }),
          () => undefined, // a clock's sleep never rejects
        );
    });
    untaken(); // a run that ends takes no other parameters, and neither pauses nor goes on
    const hindered = end.how === "detach" ? await hindranceTo(stage) : undefined;
    const isHalted = engine.view.halted !== undefined; // a kill makes a stop of whatever was asked
    const hindrance = isHalted ? "it was killed" : hindered;
    const detached = end.how === "detach" && hindrance === undefined && !isBroken();
    face.ending(end.how === "detach" && hindrance !== undefined ? `${end.why}; ${hindrance}, so it stops` : end.why);

    const stop = async (): Promise<boolean> => {
      handle(operatorFact("stop", "the end of the run", stage));
      const settled = await settle(venues, engine, (watcher) => joined(watchers, watcher), isBroken);
      return isBroken() ? sweep(venues, engine, journal.run.clientRun, (sentry) => joined(sentries, sentry)) : settled;
    };
    /** @param strategies - whose positions; left out: everybody's */
    const close = async (strategies?: readonly string[]): Promise<readonly InstrumentId[]> => {
      const fact = operatorFact("flatten", "the end of the run", stage);
      handle(strategies === undefined ? fact : { ...fact, strategies });
      return closeAll({ stage, engine, ids, strategies, broken: isBroken });
    };
    let left = end.how === "flatten" ? await close() : [];
    let clean = detached || (await stop());
    orders = leftOf(clean, detached);
    const asksLegs = clean && !detached && !halts(operator.ending) && !isBroken();
    const known = !asksLegs || (await legsKnown(stage, engine, recipe, isBroken));
    const naked = asksLegs ? nakedOf(engine, recipe) : [];
    if (naked.length > 0) {
      face.ending(`${naked.map(({ says }) => says).join("; ")}: closing it`);
      left = await close(naked.map(({ strategy }) => strategy));
      clean = await stop();
      orders = leftOf(clean, detached);
    }
    deaf(); // the venues are left: a kill that comes now is the guard's affair
    drive.abort();
    const goodbye = new AbortController();
    await Promise.race([driving, stage.clock.sleep(goodbyeMs, goodbye.signal)]);
    goodbye.abort(); // a timer that nobody waits for would keep the process

    const whole = summarized(opening, stage, startedAt);
    try {
      journal.close(clean && !detached ? whole : undefined);
    } catch (error) {
      failure ??= error; // a journal that could not be written before cannot now
    }
    const halted = isHalted || engine.view.halted !== undefined; // what ended it is not undone at its end
    const ended = { why: end.why, clean, left, known, halted, failure };
    const result = { ...verdictOn(ended), summary: whole, state, failure };
    face.ended(result);
    return result;
  } finally {
    await stage.close();
    await guard?.ended(orders);
  }
}

/** What is known of a run when everything has been done to end it. */
interface Ended {
  readonly why: string;
  /** Its orders are gone, or meant to stay. */
  readonly clean: boolean;
  /** Markets that could not be closed in time. */
  readonly left: readonly InstrumentId[];
  /** Whether one leg is held without the other is known, or was not asked. */
  readonly known: boolean;
  readonly halted: boolean;
  readonly failure: unknown;
}

function verdictOn({ why, clean, left, known, halted, failure }: Ended): Pick<SessionResult, "code" | "why"> {
  if (!clean) return { code: exit.failed, why: "orders could not be verified as cancelled" };
  if (!known)
    return {
      code: exit.failed,
      why: "whether one leg is held without the other could not be known in time: look at the accounts",
    };
  if (left.length > 0) return { code: exit.failed, why: `could not be closed in time: ${left.join(", ")}` };
  if (failure !== undefined) return { code: codeOf(failure), why };
  return { code: halted ? exit.halted : exit.done, why };
}

/** Why orders cannot be left alone, if they cannot. */
async function hindranceTo(stage: Stage): Promise<string | undefined> {
  if (!stage.lasts) return "nothing outlives the bot here";
  try {
    await stage.letStay?.();
    return undefined;
  } catch (error) {
    if (!isBpError(error)) throw error;
    return `the venue may take back what rests (${error.message})`;
  }
}

/** What is left of the run's orders. */
function leftOf(clean: boolean, detached: boolean): Left {
  if (detached) return "meant";
  return clean ? "nothing" : "unknown";
}

/** A run with those of the same journal and place that have not ended: orders of theirs may rest too. */
function guardedRun(
  store: JournalStore,
  { id, mode, clientRun }: RunRecord,
  ids: readonly InstrumentId[],
): Omit<GuardedRun, "last"> {
  const beside = store.runs().filter((run) => run.ended === undefined && run.mode === mode && run.id !== id);
  return {
    run: id,
    clientRun,
    others: beside.map((run) => ({ clientRun: run.clientRun })),
    instruments: [...ids, ...beside.flatMap(({ instruments }) => instruments.map((each) => each.id))],
  };
}

/** The engine with some of its steps explained: what it decides is the same. */
function seenThrough(glass: Glass, engine: Engine): Pick<Engine, "view" | "step" | "notes"> {
  return {
    view: engine.view,
    notes: () => engine.notes(),
    step: (event) => {
      if (!glass.wants(event)) return engine.step(event);
      const explained = engine.explain(event);
      glass.explained(explained);
      return explained.commands;
    },
  };
}

const saidOf: Readonly<Record<Ending, string>> = {
  stop: "asked to stop",
  flatten: "asked to close everything and stop",
  detach: "asked to detach: orders stay, and the same command goes on with them",
};

/** Adds a listener; the answer takes it away. */
function joined<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What the engine is told of an order that the guard keeps back. */
function keptBack({ clientId }: PlaceOrder, stage: Stage) {
  const at = stage.now();
  const text = "not sent: its watchdog or the kill switch says no";
  return { type: "order.rejected", clientId, reason: "other", text, at, venueAt: at } as const;
}

function operatorFact(ask: Exclude<Asked, "detach" | "yield">, by: string, stage: Stage) {
  const at = stage.now();
  return { type: "operator.asked", ask, by, at, venueAt: at } as const;
}
