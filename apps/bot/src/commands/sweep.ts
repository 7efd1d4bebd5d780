// `bot sweep FILE --data …`: a configuration with many values, over recorded markets.
import { modelLines } from "@bp/backtest";
import { type KeptTrial, type OpenSweep, openSweeps, type SweepStore } from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { oneLine } from "../queue/said.ts";
import { queueExecutor } from "../queue/sweeper.ts";
import { stopSignal } from "../stopSignal.ts";
import { backtestThreads } from "../sweep/backtestThreads.ts";
import { csvLines } from "../sweep/csv.ts";
import { shortDraw } from "../sweep/drawn.ts";
import type { Executor } from "../sweep/executor.ts";
import { type SweepFlags, sweepFlags } from "../sweep/flags.ts";
import { sweepLacks } from "../sweep/lacks.ts";
import { measureFirst } from "../sweep/measure.ts";
import { type Amount, amountOf, checkAmount, countText, durationText } from "../sweep/plan.ts";
import { type PreparedSweep, prepareSweep } from "../sweep/prepare.ts";
import { sweepProgress } from "../sweep/progress.ts";
import { trialOf } from "../sweep/spec.ts";
import { sweepJson, sweepText } from "../sweep/text.ts";
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
    return await make(prepared, own, store, store.begin({ ...prepared.record, started: Date.now() }), signal);
  } finally {
    store.close();
  }
}

async function make(
  prepared: PreparedSweep,
  own: SweepFlags,
  store: SweepStore,
  kept: OpenSweep,
  signal: AbortSignal,
): Promise<ExitCode> {
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
    await checkTime(prepared, own, kept, amount, executor);
    progress.begin();
    const [started, cpu] = [performance.now(), process.cpuUsage()];
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
    if (results === undefined) return stopped(store);
    for (const { ranking } of results) {
      const short = shortDraw(space, amount.points, ranking.trials);
      if (short !== undefined) tell(`warning: ${short}`);
    }
    tell(`made ${made} trials in ${spentSince(started, cpu)}`);
    await print(results, prepared, own, store, kept.record.id);
    return differing > 0 || results.every(({ ranking }) => ranking.rows.length === 0) ? exit.failed : exit.done;
  } catch (error) {
    if (signal.aborted) return stopped(store);
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
    await executor.close();
  }
}

/** On the clock, and of all cores together: told beside the result, which is the same however long it took. */
function spentSince(started: number, before: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1_000;
  return `${seconds.toFixed(3)} s, ${((user + system) / 1e6).toFixed(3)} s of the processor`;
}

function stopped({ file }: SweepStore): ExitCode {
  tell(`stopped: what was made is kept in ${file}; the same command goes on with it`);
  return exit.failed;
}

/** Says how long it will take, and refuses what nobody can have meant. */
async function checkTime(
  { space, spec, folds }: PreparedSweep,
  { threads, isYes, queue }: SweepFlags,
  kept: OpenSweep,
  amount: Amount,
  executor: Executor,
): Promise<void> {
  const [fold] = folds;
  if (fold === undefined) return;
  if (queue !== undefined) tell(`trials go to workers at ${queue.shown}: bot worker --queue … --data …`);
  const { ms, failed } = await measureFirst(space, spec, fold.train, kept, executor);
  if (failed !== undefined) tell(`warning: the first trial failed: ${oneLine(failed)}`);
  const hands = queue === undefined ? threads : 1; // workers come and go
  checkAmount(amount, ms, hands, isYes);
  tell(`about ${durationText(ms)} each, ${durationText((amount.trials * ms) / hands)} in all with ${hands} at once`);
}

async function print(
  results: readonly FoldResult[],
  prepared: PreparedSweep,
  own: SweepFlags,
  store: SweepStore,
  id: string,
): Promise<void> {
  const { space, spec, models, seed } = prepared;
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  if (own.output === "csv") {
    for (const line of csvLines(space, store.trials(id))) write(line);
    return;
  }
  const lacks = await sweepLacks(prepared, results);
  if (own.output === "json")
    write(
      JSON.stringify(
        sweepJson(results, {
          sweep: id,
          file: spec.file,
          data: spec.data,
          digest: spec.digest,
          version: spec.version,
          source: spec.source,
          models,
          search: space.search,
          seeds: { models: seed, ...(space.search === "random" ? { search: space.seed } : {}) },
          lacks,
          differing: store.differing(id),
        }),
        undefined,
        2,
      ),
    );
  else
    write(
      sweepText(results, space, [
        [
          `data      ${spec.digest.slice(0, 16)}  ${spec.data.map(({ name }) => name).join(" ")}`,
          `search    ${space.search}${space.search === "random" ? `, seed ${space.seed}` : ""}`,
          ...[...modelLines(models), `seed: ${seed}`].map((each) => `models    ${each}`),
          ...lacks.map((each) => `left out  ${each}`),
        ].join("\n"),
      ]),
    );
}
