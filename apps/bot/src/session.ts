// One run from its beginning to its end: engine, journal and stage joined, stopped cleanly, whatever the reason.
import { type Command, type Event, type Instrument, isBpError, type Unnumbered } from "@bp/core";
import { createRunner, type Engine, type Note } from "@bp/engine";
import { type JournalStore, openJournal } from "@bp/journal";
import { type CountedFill, type Summary, summaryOf, type Tally } from "@bp/report";
import { sameLedger, settle, sweep } from "./ending.ts";
import { codeOf, type ExitCode, exit } from "./exit.ts";
import { forget, openRun } from "./opening.ts";
import { fromHere } from "./paths.ts";
import type { Ledger, Stage } from "./stage/stage.ts";
import type { Recipe } from "./wire-up.ts";

/** What is to be run. */
export interface SessionOptions {
  readonly stage: Stage;
  readonly instrument: Instrument;
  readonly recipe: Recipe;
  /** As the person named it; `:memory:` keeps nothing. */
  readonly journal: string;
  readonly resume: boolean;
  /** Seconds of the stage's clock; `undefined`: until it is stopped. */
  readonly durationSeconds: number | undefined;
  readonly face: Face;
  /** Aborts when a person wants the run to end. */
  readonly stop: AbortSignal;
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
  readonly instrument: Instrument;
  readonly recipe: Recipe;
  readonly journal: string;
  /** The run before in this market, where it has not ended and does not go on here: its orders may still rest. */
  readonly abandoned: string | undefined;
}

/** The run as it is now. */
export interface RunState {
  readonly engine: Engine;
  readonly tally: Tally;
  readonly instrument: Instrument;
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

/** The summary that `--summary` writes. */
export interface RunSummary extends Summary {
  /** Seconds of market time; more than `seconds` where the market runs faster than the clock. */
  readonly marketSeconds: number;
  /** Our figures beside the exchange's own, where we can see them. */
  readonly ledger?: { readonly equal: boolean; readonly venue: Ledger };
}

/** After so many events the journal's log is moved into its file, between two beats. */
const tidyEvery = 20_000;

/** Runs, stops, verifies, sums up. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const { stage, instrument, recipe, face, stop } = options;
  const startedAt = stage.clock.now();
  let store: JournalStore | undefined; // whatever happens from here on, the stage is closed
  try {
    store = openJournal(options.journal === ":memory:" ? ":memory:" : fromHere(options.journal));
    const opening = openRun(store, options);
    const { journal, engine, tally, digest } = opening;
    const state: RunState = { engine, tally, instrument };
    const drive = new AbortController();
    let failure: unknown;
    let haltSeen: (() => void) | undefined;
    let tidied = opening.after;
    const watchers = new Set<(event: Event) => void>();
    const sentries = new Set<(fact: Unnumbered) => void>();

    const runner = createRunner({
      engine,
      journal,
      after: opening.after,
      send: (command) => stage.venue.send(command),
      onStep: (event, commands, notes) => {
        const fills = tally.event(event);
        for (const command of commands) {
          tally.command(command);
          digest.add(command);
        }
        face.step(event, commands, notes, state, fills);
        for (const watcher of watchers) watcher(event);
        if (engine.view.halted !== undefined) haltSeen?.();
        if (event.type === "timer.fired" && event.seq - tidied > tidyEvery) {
          tidied = event.seq;
          journal.tidy();
        }
      },
      onJournalFailure: (error) => {
        failure ??= error;
        handle(operator("halt", `the journal (${isBpError(error) ? error.code : "write failed"})`, stage));
      },
    });
    let broken = false;
    let failed: (() => void) | undefined;
    /** A mistake of ours must not leave orders behind: from then on nothing is decided any more, only cancelled. */
    const handle = (fact: Unnumbered) => {
      for (const sentry of sentries) sentry(fact);
      if (broken) return;
      try {
        runner.handle(fact);
      } catch (error) {
        broken = true;
        failure ??= error;
        failed?.();
      }
    };
    const { after, abandoned } = opening;
    face.begun({ run: journal.run.id, resumed: after > 0, stage, instrument, recipe, journal: store.file, abandoned });

    const why = await new Promise<string>((resolve) => {
      stop.addEventListener("abort", () => resolve("asked to stop"), { once: true });
      if (stop.aborted) resolve("asked to stop");
      failed = () => resolve("failed");
      haltSeen = () => resolve(`halted: ${engine.view.halted ?? ""}`);
      stage.drive([instrument.id], handle, drive.signal, options.durationSeconds).then(
        (over) => resolve(over ?? "time is up"),
        (error: unknown) => {
          failure ??= error;
          resolve("failed");
        },
      );
      // Not before the venue is open: what rests is pulled while nothing is known of it, and that is sent at once.
      if (opening.after > 0) for (const fact of forget(stage)) handle(fact);
      if (opening.stopped) resolve("it was being stopped when it was cut off; start again for a new run");
      if (options.durationSeconds !== undefined && stage.place !== "memory")
        stage.clock.sleep(options.durationSeconds * 1_000, AbortSignal.any([stop, drive.signal])).then(
          () => resolve("time is up"),
          () => undefined, // a clock's sleep never rejects
        );
    });
    face.ending(why);
    handle(operator("stop", "the end of the run", stage));
    const isBroken = () => broken; // it may break while it settles
    const settled = await settle(stage, engine, (watcher) => joined(watchers, watcher), isBroken);
    const clean = isBroken() ? await sweep(stage, engine, (sentry) => joined(sentries, sentry)) : settled;
    drive.abort();

    const figures = tally.figures();
    const counted = summaryOf({ figures, run: journal.run.id, seed: stage.seed, commandsDigest: digest.hex() });
    const seconds = (stage.clock.now() - startedAt) / 1_000;
    const openOrdersAtExit = engine.orders.size; // those in doubt too: they may stand
    const summary = { ...counted, seconds, openOrdersAtExit, marketSeconds: figures.seconds };
    const ledger = stage.ledger?.(instrument.id);
    const whole: RunSummary =
      ledger === undefined ? summary : { ...summary, ledger: { equal: sameLedger(ledger, summary), venue: ledger } };
    journal.close(clean ? whole : undefined);
    const ended = engine.view.halted === undefined ? exit.done : exit.halted;
    const code = clean ? (failure === undefined ? ended : codeOf(failure)) : exit.failed;
    const said = clean ? why : "orders could not be verified as cancelled";
    const result = { code, why: said, summary: whole, state, failure };
    face.ended(result);
    return result;
  } finally {
    store?.close();
    await stage.close();
  }
}

/** Adds a listener; the answer takes it away. */
function joined<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function operator(ask: "stop" | "halt", by: string, stage: Stage): Unnumbered {
  const at = stage.now();
  return { type: "operator.asked", ask, by, at, venueAt: at };
}
