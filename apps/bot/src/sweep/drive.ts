// Drives the trials of one part of the data: handed out as there is room, kept as they come, judged in the order of the space.
import {
  directSearch,
  gridTrials,
  type Judge,
  type Outcome,
  randomTrials,
  type Space,
  type SweepPart,
  type SweepValues,
  type Trial,
} from "@bp/backtest";
import type { KeptTrial, OpenSweep } from "@bp/journal";
import type { Executor, Made } from "./executor.ts";
import { type Keeper, keeperOf } from "./keeper.ts";

/** What is driven. */
export interface Drive {
  readonly space: Space;
  readonly part: SweepPart;
  /** The most that are tried. */
  readonly most: number;
  readonly trialOf: (values: SweepValues, part: SweepPart) => Trial;
  readonly executor: Executor;
  readonly kept: OpenSweep;
  /** Whether those that failed before are made again. */
  readonly retries: boolean;
  readonly judge: Judge;
  /** Ends it early: what is under way is given up, what was made is kept. */
  readonly signal: AbortSignal;
  /** Hears of second results that were others than the first, which stay. */
  readonly onDiffering: (trials: readonly KeptTrial[]) => void;
  readonly onDone: (done: Done) => void;
}

/** A trial that is done, for whoever watches. */
export interface Done {
  readonly trial: Trial;
  readonly made: Made;
  /** Known before: nothing was computed. */
  readonly known: boolean;
}

/** How far a trial may be ahead of the slowest before it: what is held in memory. */
const ahead = 2_000;

/** Drives it. @returns whether it came to its end; false where the signal came first */
export async function drive(options: Drive): Promise<boolean> {
  const { space, most, signal, executor } = options;
  const keeper = keeperOf(options.kept, options.onDiffering);
  const stop = () => void executor.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    if (space.search !== "direct") {
      const points = space.search === "grid" ? gridTrials(space) : randomTrials(space, space.seed, most);
      return await every(options, keeper, points, most, () => undefined);
    }
    const search = directSearch(space);
    for (let left = most; left > 0; ) {
      const points = search.ask();
      if (points.length === 0) return true;
      const scores: number[] = [];
      const ended = await every(options, keeper, points, left, (outcome) =>
        scores.push(outcome === undefined ? Number.NEGATIVE_INFINITY : space.objective.score(outcome)),
      );
      if (!ended) return false;
      left -= points.length;
      if (left > 0) search.tell(scores);
    }
    return true;
  } catch (error) {
    if (signal.aborted) return false; // an executor that was closed says so by failing
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    keeper.flush();
  }
}

/** Makes all of these points, or `most` of them; hears outcomes in the order of the points. */
async function every(
  { part, trialOf, executor, kept, retries, judge, signal, onDone }: Drive,
  keeper: Keeper,
  points: Iterable<SweepValues>,
  most: number,
  hear: (outcome: Outcome | undefined) => void,
): Promise<boolean> {
  const walk = points[Symbol.iterator]();
  const done = new Map<number, Done>();
  let [given, judged, flying] = [0, 0, 0];
  let wake: () => void = () => undefined;
  let broken: Error | undefined;

  const settle = (place: number, each: Done) => {
    done.set(place, each);
    onDone(each);
    for (let next = done.get(judged); next !== undefined; next = done.get(judged)) {
      done.delete(judged);
      judged += 1;
      const { trial, made } = next;
      judge.add(made.outcome === undefined ? { trial, failed: made.failed ?? "" } : { trial, outcome: made.outcome });
      hear(made.outcome);
    }
  };
  const begin = (place: number, trial: Trial) => {
    flying += 1;
    const landed = () => {
      flying -= 1;
      wake();
    };
    executor
      .run(trial)
      .then((made) => settle(place, { trial, made: keeper.keep(trial, made), known: false }))
      .catch((error: unknown) => {
        broken ??= error instanceof Error ? error : new Error("a trial could not be made", { cause: error });
      })
      .then(landed, landed);
  };
  const isOver = () => signal.aborted || broken !== undefined;
  const hasRoom = () => !isOver() && flying < executor.width && given - judged < ahead;
  const next = (): boolean => {
    const values = given < most ? walk.next().value : undefined;
    if (values === undefined) return false;
    const trial = trialOf(values, part);
    const place = given++;
    const known = kept.take(trial.key);
    if (known === undefined || (known.outcome === undefined && retries)) begin(place, trial);
    else settle(place, { trial, made: known, known: true });
    return true;
  };
  const stop = () => wake();
  signal.addEventListener("abort", stop);
  try {
    for (;;) {
      for (let quick = 1; hasRoom() && next(); quick++)
        if (quick % 100 === 0) await new Promise((resolve) => setImmediate(resolve)); // Ctrl+C wants to be heard
      if (flying === 0 || isOver()) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (broken !== undefined && !signal.aborted) throw broken;
  return !signal.aborted;
}
