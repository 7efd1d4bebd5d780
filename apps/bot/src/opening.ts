// How a run begins: afresh, or where it was cut off, brought back there by its own journal.
import { randomBytes } from "node:crypto";
import { BpError, type Event, type Instrument, type Unnumbered } from "@bp/core";
import { type Engine, replay } from "@bp/engine";
import { type CommandsDigest, commandsDigest, type JournalStore, type RunJournal, type RunRecord } from "@bp/journal";
import { type CountedFill, createTally, type Figures, type Tally } from "@bp/report";
import { type ChangeLog, createChangeLog } from "./change/made.ts";
import { runKeyOf } from "./runKey.ts";
import { entriesOf } from "./runs.ts";
import type { Stage } from "./stage/stage.ts";
import { version } from "./version.ts";
import { engineOf, type Recipe } from "./wire-up.ts";

/** What is to be run, and where. */
export interface OpeningOptions {
  readonly stage: Stage;
  readonly instruments: readonly Instrument[];
  readonly recipe: Recipe;
  /** Whether a run that was cut off may go on. */
  readonly resume: boolean;
  /** Hears each event of before, with the fills that it has brought, while a run is brought back to where it was. */
  readonly replayed?: Replayed | undefined;
}

/** Who adds something up over a run. @param state - after the event; `engine` and `tally` go on with the run */
export type Replayed = (event: Event, fills: readonly CountedFill[], state: Replaying) => void;

/** A run on its way back. */
export type Replaying = Pick<Opening, "engine" | "tally" | "instruments" | "recipe">;

/** A run that is ready to take its next event. */
export interface Opening {
  readonly journal: RunJournal;
  /** Those of the run: a resumed one goes on with what it began with. */
  readonly instruments: readonly Instrument[];
  readonly recipe: Recipe;
  readonly engine: Engine;
  readonly tally: Tally;
  readonly digest: CommandsDigest;
  /** Which parameters it was given on its way so far. */
  readonly changes: ChangeLog;
  /** The `seq` of the last event so far; 0 for a new run. */
  readonly after: number;
  /** It was asked to stop, or to close everything, before it was cut off: there is nothing left to do but that. */
  readonly ending: "stop" | "flatten" | undefined;
  /** A run before in one of these markets that has not ended and does not go on here: its orders may still rest. */
  readonly abandoned: string | undefined;
}

/**
 * Begins a run, or resumes the newest unfinished one of the same accounts, markets and recipe.
 *
 * @throws BpError `journal/locked` while another process writes it, `journal/unreadable` if its own events do not give its own commands
 */
export function openRun(store: JournalStore, options: OpeningOptions): Opening {
  const unfinished = resumable(store, options);
  return unfinished === undefined ? begin(store, options) : resume(store, unfinished, options.replayed);
}

/** The run that would go on, if there is one. */
export function resumable(store: JournalStore, options: OpeningOptions): RunRecord | undefined {
  return options.resume && options.stage.lasts
    ? store.unfinished(runKeyOf(options.stage.accounts, options.recipe))
    : undefined;
}

function begin(store: JournalStore, options: OpeningOptions): Opening {
  const { stage, instruments, recipe } = options;
  const clientRun = stage.lasts ? store.nextClientRun() : 1;
  const started = stage.clock.now();
  const before = stage.lasts
    ? store
        .runs()
        .find(
          (run) =>
            run.mode === stage.place && run.instruments.some(({ id }) => instruments.some((each) => each.id === id)),
        )
    : undefined;
  const journal = store.begin({
    id: runId(started, stage.place),
    mode: stage.place,
    key: runKeyOf(stage.accounts, recipe),
    strategy: recipe.strategies.map(({ name }) => name).join("+"),
    params: recipe,
    instruments,
    version,
    seed: stage.seed,
    clientRun,
    started,
  });
  return {
    journal,
    instruments,
    recipe,
    engine: engineOf(recipe, instruments, clientRun),
    tally: tallyOf(recipe, instruments),
    digest: commandsDigest(),
    changes: createChangeLog(recipe),
    after: 0,
    ending: undefined,
    abandoned: before?.ended === undefined ? before?.id : undefined,
  };
}

function resume(store: JournalStore, { id }: RunRecord, replayed: OpeningOptions["replayed"]): Opening {
  const journal = store.resume(id);
  const { instruments, clientRun } = journal.run;
  const recipe = journal.run.params as Recipe; // written by `begin`
  const engine = engineOf(recipe, instruments, clientRun);
  const tally = tallyOf(recipe, instruments);
  const digest = commandsDigest();
  const changes = createChangeLog(recipe);
  const state = { engine, tally, instruments, recipe };
  let ending: Opening["ending"];
  const { difference, unwritten, seq } = replay(engine, entriesOf(store, id), (event, commands) => {
    if (event.type === "operator.asked" && (event.ask === "stop" || event.ask === "flatten"))
      ending = event.strategies === undefined ? event.ask : "stop"; // what is naked is found anew at the end
    changes.event(event);
    const fills = tally.event(event); // whoever hears of it or not
    replayed?.(event, fills, state);
    for (const command of commands) {
      tally.command(command);
      digest.add(command);
    }
  });
  if (difference !== undefined)
    throw new BpError("journal/unreadable", {
      file: store.file,
      why: `run ${id} gives other commands at event ${difference.seq}; look at your open orders, then start afresh with --no-resume`,
    });
  // Decided before the crash and never sent: the orders are on no wire, and the first snapshot will find that out.
  for (const command of unwritten) journal.append({ dir: "out", cause: seq, command });
  return { journal, instruments, recipe, engine, tally, digest, changes, after: seq, ending, abandoned: undefined };
}

/** A tally that counts as the engine of this recipe does. */
function tallyOf(recipe: Recipe, instruments: readonly Instrument[]): Tally {
  const existing = recipe.existing === "ignore" ? "ignore" : "adopt"; // what is to be closed is taken over first
  return createTally({ instruments, graceMs: recipe.graceMs, existing });
}

/** What a run of a journal has come to, by all that is in it. @throws BpError `journal/unreadable` at a line that does not parse */
export function figuresOf(store: JournalStore, run: RunRecord): Figures {
  const tally = tallyOf(run.params as Recipe, run.instruments); // written by `begin`
  for (const entry of entriesOf(store, run.id)) tally.entry(entry);
  return tally.figures();
}

/** After a restart, or a sleep that was too long, nothing is known any more until the venues have told. */
export function forget(stage: Stage, why = "the bot was restarted"): readonly Unnumbered[] {
  const at = stage.now();
  return stage.venues.flatMap(({ id }) => {
    const lost = {
      type: "link.lost",
      venue: id,
      why,
      resumed: true,
      at,
      venueAt: at,
    } as const;
    return [
      { ...lost, stream: "account" },
      { ...lost, stream: "market" },
    ] as const;
  });
}

function runId(at: number, place: string): string {
  const [day = "", time = ""] = new Date(at).toISOString().replace(/[-:]/g, "").split("T");
  return `${day}-${time.slice(0, 6)}-${place}-${randomBytes(2).toString("hex")}`;
}
