// `bot sweep FILE --data …`: a configuration with many values, over recorded markets.
import { type KeptTrial, type OpenSweep, openSweeps } from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { oneLine } from "../queue/said.ts";
import { queueExecutor } from "../queue/sweeper.ts";
import { stopSignal } from "../stopSignal.ts";
import { backtestThreads } from "../sweep/backtestThreads.ts";
import { shortDraw } from "../sweep/drawn.ts";
import type { Executor } from "../sweep/executor.ts";
import { type SweepFlags, sweepFlags } from "../sweep/flags.ts";
import { type Measured, measureFirst } from "../sweep/measure.ts";
import { type Amount, amountOf, checkAmount, countText, durationText } from "../sweep/plan.ts";
import { type PreparedSweep, prepareSweep } from "../sweep/prepare.ts";
import { printSweep } from "../sweep/print.ts";
import { sweepProgress } from "../sweep/progress.ts";
import { trialOf } from "../sweep/spec.ts";
import { spentFrom } from "../sweep/spent.ts";
import { type FoldResult, sweepWhole } from "../sweep/whole.ts";

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Makes it and prints what it came to; the same command goes on with one that was ended. */
export async function sweepFile(file: string, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const own = sweepFlags(flags);
  const { signal } = stopSignal(
    `what was made up to a second ago is kept in ${fromHere(own.journal)}; the same command goes on with it`,
  );
  const prepared = await prepareSweep(file, flags);
  for (const warning of prepared.warnings) tell(`warning: ${warning}`);
  const store = openSweeps(fromHere(own.journal));
  try {
    const kept = store.begin({ ...prepared.record, started: Date.now() });
    const made = await make(prepared, own, kept, signal);
    if (made === undefined) {
      tell(`stopped: what was made is kept in ${store.file}; the same command goes on with it`);
      return exit.failed;
    }
    const { results } = made;
    await printSweep(results, prepared, own, store, kept.record.id);
    return made.differing() > 0 || results.every(({ ranking }) => ranking.rows.length === 0) ? exit.failed : exit.done;
  } finally {
    store.close();
  }
}

/** What was made of one. */
interface MadeSweep {
  readonly results: readonly FoldResult[];
  /** Trials that came to something else when they were made again; one may be told as late as the end. */
  readonly differing: () => number;
}

/** Makes it. Its threads and the copy of the data that they share are let go of at the end. @returns `undefined` where the signal came first */
async function make(
  prepared: PreparedSweep,
  own: SweepFlags,
  kept: OpenSweep,
  signal: AbortSignal,
): Promise<MadeSweep | undefined> {
  const { space, spec, folds } = prepared;
  const amount = amountOf(space, folds, own.top);
  const before = kept.record.trials;
  const known = before > 0 ? `, ${countText(before)} are known already` : "";
  tell(`sweep ${kept.record.id}: ${amount.exact ? "" : "up to "}${countText(amount.trials)} trials${known}`);
  const progress = sweepProgress(process.stderr, amount.trials);
  const say = (line: string) => {
    progress.clear();
    tell(line);
  };
  let differing = 0;
  const onDiffering = (trials: readonly KeptTrial[]) => {
    differing += trials.length;
    for (const { key, worker } of trials)
      say(
        `warning: trial ${key.slice(0, 16)} came to something else when ${oneLine(worker)} made it again; the first result stays`,
      );
  };
  const executor =
    own.queue === undefined
      ? await backtestThreads(spec, prepared.tape, own.threads)
      : await queueExecutor(spec, own.queue, {
          tell: say,
          workers: (count) => progress.note(`${count} workers`),
          second: (trial, made) => onDiffering(kept.put([{ ...trial, ...made }]).differing),
        });
  const close = () => void executor.close();
  signal.addEventListener("abort", close);
  try {
    const first = await checkTime(prepared, own, kept, amount, executor);
    progress.begin();
    const spent = spentFrom();
    let made = 0;
    const results = await sweepWhole({
      space,
      folds,
      top: own.top,
      most: amount.points,
      trialOf: (values, part) => trialOf(spec, values, part),
      executor,
      kept,
      retries: own.retries,
      signal,
      onDiffering,
      onDone: (done) => {
        if (!done.known) made += 1;
        progress.done(done.known, done.made.failed !== undefined);
      },
    });
    progress.clear();
    if (results === undefined) return undefined;
    const short = shortDraw(space, amount.points, Math.min(...results.map(({ ranking }) => ranking.trials)));
    if (short !== undefined) tell(`warning: ${short}`);
    tell(`made ${made} trials in ${spent()}`);
    if (first?.isNew) tell(`and the first one before them, alone, in ${durationText(first.ms)}`);
    return { results, differing: () => differing };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
    await executor.close();
  }
}

/** Says how long it will take, and refuses what nobody can have meant. */
async function checkTime(
  { space, spec, folds }: PreparedSweep,
  { threads, isYes, queue }: SweepFlags,
  kept: OpenSweep,
  amount: Amount,
  executor: Executor,
): Promise<Measured | undefined> {
  const [fold] = folds;
  if (fold === undefined) return undefined;
  if (queue !== undefined) tell(`trials go to workers at ${queue.shown}: bot worker --queue … --data …`);
  const first = await measureFirst(space, spec, fold.train, kept, executor);
  const { ms, failed } = first;
  if (failed !== undefined) tell(`warning: the first trial failed: ${oneLine(failed)}`);
  const hands = queue === undefined ? threads : 1; // workers come and go
  checkAmount(amount, ms, hands, isYes);
  tell(`about ${durationText(ms)} each, ${durationText((amount.trials * ms) / hands)} in all with ${hands} at once`);
  return first;
}
