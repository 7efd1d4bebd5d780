// `bot torture --wire`: the same configuration as processes of their own, against the sandbox's real sockets.
import { at, type Fault, type FaultKind, faultText } from "@bp/torture";
import { systemClock } from "@bp/transport";
import { type ExitCode, exit } from "../../exit.ts";
import type { Job } from "../job.ts";
import { progressOf } from "../progress.ts";
import { addTo, noSums, summaryJson, summaryText } from "../summary.ts";
import type { WireJob } from "./job.ts";
import { unwired, wiredOf, wirePlanOf } from "./plan.ts";
import { waitText, wireAll } from "./run.ts";
import { tryWire } from "./trial.ts";

/** What is wanted. */
export interface WireOptions {
  readonly jobs: readonly WireJob[];
  readonly seeds: number;
  readonly from: number;
  readonly threads: number;
  readonly json: boolean;
  readonly first: boolean;
}

/** Many seeds. @returns 0 if every promise was kept, 1 if one was broken */
export async function manyWired(options: WireOptions): Promise<ExitCode> {
  const { jobs, seeds, json, first } = options;
  const sums = noSums();
  const stop = stopOfSignals();
  const began = systemClock.now();
  tell(waitText(options));
  tellUnwired(jobs[0]?.kinds ?? []);
  const progress = progressOf(seeds, () => systemClock.now());
  await wireAll({
    ...options,
    signal: stop.signal,
    onDone: (done) => {
      addTo(sums, done);
      progress.show(sums.seeds, sums.found.length);
      if (first && sums.found.length > 0) stop.abort();
    },
  });
  progress.end();
  const took = (systemClock.now() - began) / 1_000;
  const known = jobs.map((job): Job => ({ ...job, flags: {}, shrinks: false, wire: true }));
  process.stdout.write(
    json
      ? `${JSON.stringify(summaryJson(sums, known, seeds, took))}\n`
      : `${summaryText(sums, known, seeds, took).join("\n")}\n`,
  );
  return sums.found.length === 0 && sums.seeds === seeds ? exit.done : exit.failed;
}

/** One seed. @param pick - takes faults out of its plan */
export async function oneWired(
  job: WireJob,
  seed: number,
  pick: (drawn: readonly Fault[]) => readonly number[],
  flags: { readonly story: boolean; readonly json: boolean },
): Promise<ExitCode> {
  const drawn = wirePlanOf({ ...job, seed });
  const plan = at(drawn, pick(drawn));
  const stop = stopOfSignals();
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const outcome = await tryWire({
    ...job,
    seed,
    plan,
    signal: stop.signal,
    ...(flags.story && !flags.json ? { tell: say } : {}),
  });
  const { violations, events, orders, fills, lives, halted } = outcome;
  if (flags.json) say(JSON.stringify(outcome));
  else {
    say(`seed ${seed} over the wire: ${events} events, ${orders} orders, ${fills} trades, ${lives - 1} restarts`);
    if (halted !== undefined) say(`halted: ${halted}`);
    for (const [place, fault] of drawn.entries())
      say(`  ${plan.includes(fault) ? String(place).padStart(2) : " –"}  ${faultText(fault)}`);
    for (const { invariant, promise, at: ms, says } of violations)
      say(`broken: ${invariant}. ${promise}: ${says} (after ${(ms / 1_000).toFixed(3)} s)`);
    if (violations.length === 0) say("no promise was broken");
  }
  return violations.length === 0 && !stop.signal.aborted ? exit.done : exit.failed;
}

/** Ctrl+C ends the trials and their processes. */
function stopOfSignals(): AbortController {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return stop;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function tellUnwired(kinds: readonly FaultKind[]): void {
  const wired = wiredOf(kinds);
  const left = kinds.filter((kind) => !wired.includes(kind));
  if (left.length > 0) tell(`not over the wire: ${left.map((kind) => `${kind} (${unwired[kind]})`).join(", ")}`);
}
