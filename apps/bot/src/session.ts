// One run from its beginning to its end: engine, journal and stage joined, stopped cleanly, whatever the reason.
import { createHash, randomBytes } from "node:crypto";
import { Big, BpError, type Command, type Event, type Instrument, type Unnumbered, isBpError } from "@bp/core";
import { type Engine, type Note, createRunner, replay } from "@bp/engine";
import { type CommandsDigest, type RunJournal, canonicalJson, commandsDigest, openJournal } from "@bp/journal";
import { type CountedFill, type Summary, type Tally, createTally, summaryOf } from "@bp/report";
import { type ExitCode, exit } from "./exit.ts";
import { fromHere } from "./paths.ts";
import { entriesOf } from "./runs.ts";
import type { Ledger, Stage } from "./stage/stage.ts";
import { type Recipe, engineOf } from "./wire-up.ts";

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
}

/** The summary that `--summary` writes. */
export interface RunSummary extends Summary {
  /** Seconds of market time; more than `seconds` where the market runs faster than the clock. */
  readonly marketSeconds: number;
  /** Our figures beside the exchange's own, where we can see them. */
  readonly ledger?: { readonly equal: boolean; readonly venue: Ledger };
}

/** How long cancels and the last snapshot may take, in ms. */
const patienceMs = 20_000;

/** After so many events the journal's log is moved into its file, between two beats. */
const tidyEvery = 20_000;

/** Runs, stops, verifies, sums up. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const { stage, instrument, recipe, face, stop } = options;
  const startedAt = stage.clock.now();
  const store = openJournal(options.journal === ":memory:" ? ":memory:" : fromHere(options.journal));
  try {
    const opening = begin(store, options, startedAt);
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
    face.begun({ run: journal.run.id, resumed: opening.after > 0, stage, instrument, recipe, journal: store.file });
    if (opening.after > 0) for (const fact of forget(stage)) handle(fact);

    const why = await new Promise<string>((resolve) => {
      stop.addEventListener("abort", () => resolve("asked to stop"), { once: true });
      if (stop.aborted) resolve("asked to stop");
      failed = () => resolve("failed");
      if (broken) failed();
      haltSeen = () => resolve(`halted: ${engine.view.halted ?? ""}`);
      stage
        .drive([instrument.id], handle, drive.signal, options.durationSeconds)
        .then(() => resolve("time is up"), (error: unknown) => {
          failure ??= error;
          resolve("failed");
        });
      if (options.durationSeconds !== undefined && stage.place !== "memory")
        void stage.clock.sleep(options.durationSeconds * 1_000, stop).then(() => resolve("time is up"));
    });
    face.ending(why);
    handle(operator("stop", "the end of the run", stage));
    const clean = broken ? await sweep(stage, engine, sentries) : await settle(stage, engine, watchers);
    drive.abort();

    const figures = tally.figures();
    const counted = summaryOf({ figures, run: journal.run.id, seed: stage.seed, commandsDigest: digest.hex() });
    const seconds = (stage.clock.now() - startedAt) / 1_000;
    const summary = { ...counted, seconds, openOrdersAtExit: engine.orders.size, marketSeconds: figures.seconds };
    const ledger = stage.ledger?.(instrument.id);
    const whole: RunSummary = ledger === undefined ? summary : { ...summary, ledger: { equal: sameLedger(ledger, summary), venue: ledger } };
    journal.close(clean ? whole : undefined);
    const code = failure !== undefined || !clean ? exit.failed : engine.view.halted === undefined ? exit.done : exit.halted;
    const result = { code, why: clean ? why : "orders could not be verified as cancelled", summary: whole, state };
    face.ended(result);
    if (failure !== undefined) throw failure;
    return result;
  } finally {
    store.close();
    await stage.close();
  }
}

interface Opening {
  readonly journal: RunJournal;
  readonly engine: Engine;
  readonly tally: Tally;
  readonly digest: CommandsDigest;
  readonly after: number;
}

/** A new run, or the one that was cut off, brought back to where it was by its own journal. */
function begin(store: ReturnType<typeof openJournal>, options: SessionOptions, startedAt: number): Opening {
  const { stage, instrument, recipe } = options;
  const key = createHash("sha256").update(canonicalJson([stage.account, instrument.id, recipe])).digest("hex").slice(0, 32);
  const unfinished = options.resume && stage.lasts ? store.unfinished(key) : undefined;
  const digest = commandsDigest();
  if (unfinished === undefined) {
    const clientRun = stage.lasts ? store.nextClientRun() : 1;
    const run = { id: runId(startedAt, stage.place), mode: stage.place, key, strategy: recipe.strategy, params: recipe, instruments: [instrument], version: "0.1.0", seed: stage.seed, clientRun, started: stage.clock.now() };
    return { journal: store.begin(run), engine: engineOf(recipe, [instrument], clientRun), tally: createTally({ instruments: [instrument], graceMs: recipe.graceMs, existing: recipe.existing }), digest, after: 0 };
  }
  const journal = store.resume(unfinished.id);
  const engine = engineOf(recipe, unfinished.instruments, unfinished.clientRun);
  const tally = createTally({ instruments: unfinished.instruments, graceMs: recipe.graceMs, existing: recipe.existing });
  const replayed = replay(engine, entriesOf(store, unfinished.id), (event, commands) => {
    tally.event(event);
    for (const command of commands) {
      tally.command(command);
      digest.add(command);
    }
  });
  if (replayed.difference !== undefined)
    throw new BpError("journal/unreadable", { file: store.file, why: `run ${unfinished.id} gives other commands at event ${replayed.difference.seq}; start afresh with --no-resume after checking your open orders` });
  for (const command of replayed.unwritten) journal.append({ dir: "out", cause: replayed.seq, command });
  return { journal, engine, tally, digest, after: replayed.seq };
}

/** After a restart nothing is known any more until the venue has told. */
function forget(stage: Stage): readonly Unnumbered[] {
  const at = stage.clock.now();
  const lost = { type: "link.lost", venue: stage.venue.id, why: "the bot was restarted", at, venueAt: at } as const;
  return [{ ...lost, stream: "account" }, { ...lost, stream: "market" }];
}

function operator(ask: "stop" | "halt", by: string, stage: Stage): Unnumbered {
  const at = stage.clock.now();
  return { type: "operator.asked", ask, by, at, venueAt: at };
}

/** Waits until our orders are gone and a snapshot that is younger than that says so too. */
async function settle(stage: Stage, engine: Engine, watchers: Set<(event: Event) => void>): Promise<boolean> {
  const deadline = stage.clock.now() + patienceMs;
  let verified = false;
  const watcher = (event: Event) => {
    if (event.type === "account.snapshot") verified = engine.orders.size === 0;
  };
  while (stage.clock.now() < deadline && !(verified && engine.orders.size === 0)) {
    if (engine.orders.size === 0 && !watchers.has(watcher)) {
      watchers.add(watcher);
      if (!ask(stage)) return false;
    }
    await stage.pause(20);
  }
  watchers.delete(watcher);
  return verified && engine.orders.size === 0;
}

/** The engine is broken: cancels what it had at the venue, and believes only the venue's own list. */
async function sweep(stage: Stage, engine: Engine, sentries: Set<(fact: Unnumbered) => void>): Promise<boolean> {
  const ours = [...engine.orders.values()];
  if (ours.length === 0) return true;
  const ids = new Set(ours.map((each) => each.clientId));
  let left: number | undefined;
  sentries.add((fact) => {
    if (fact.type === "account.snapshot")
      left = fact.orders.filter((each) => each.clientId !== undefined && ids.has(each.clientId)).length;
  });
  for (const { clientId, instrument } of ours) stage.venue.send({ type: "order.cancel", clientId, instrument });
  const deadline = stage.clock.now() + patienceMs;
  while (stage.clock.now() < deadline && left !== 0) {
    await stage.pause(500);
    if (!ask(stage)) return false;
  }
  return left === 0;
}

/** Asks for a snapshot; false where there is nobody to ask any more. */
function ask(stage: Stage): boolean {
  try {
    stage.venue.send({ type: "account.ask", venue: stage.venue.id, why: "verify that no order of ours is left" });
    return true;
  } catch {
    return false; // the venue is not open: the caller reports that nothing could be verified
  }
}

function sameLedger(venue: Ledger, ours: Summary): boolean {
  return (
    venue.fills === ours.fills &&
    same(venue.volumeQuote, ours.volumeQuote) &&
    same(venue.feesQuote, ours.feesQuote) &&
    typeof ours.positionAtExit === "string" &&
    same(venue.position, ours.positionAtExit) &&
    venue.openOrders === ours.openOrdersAtExit
  );
}

const same = (a: string, b: string) => new Big(a).eq(b);

function runId(at: number, place: string): string {
  const [day = "", time = ""] = new Date(at).toISOString().replace(/[-:]/g, "").split("T");
  return `${day}-${time.slice(0, 6)}-${place}-${randomBytes(2).toString("hex")}`;
}
