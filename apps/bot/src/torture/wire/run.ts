// All trials over the wire, a few at a time.
import { systemClock } from "@bp/transport";
import type { Done, Found } from "../job.ts";
import type { WireJob, WireOutcome } from "./job.ts";
import { wirePlanOf } from "./plan.ts";
import { tryWire } from "./trial.ts";

/** What is to be done by whom. */
export interface WireTorture {
  readonly jobs: readonly WireJob[];
  /** Of all jobs together. */
  readonly seeds: number;
  readonly from: number;
  /** So many at once. */
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onDone: (done: Done) => void;
}

/** A start, an end and the judgement take about so long beside the trading, in s. */
const aroundSeconds = 5;

/** How long it takes about, for a person who decides whether to wait. */
export function waitText({ jobs, seeds, threads }: Pick<WireTorture, "jobs" | "seeds" | "threads">): string {
  const each = (jobs[0]?.seconds ?? 0) + aroundSeconds;
  const whole = Math.ceil((seeds * each) / Math.min(threads, seeds));
  return `${seeds} trials over the wire, about ${each} s each in real time: about ${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Tries all seeds, the configurations in turn. @throws BpError `config/*` */
export async function wireAll(torture: WireTorture): Promise<void> {
  const { jobs, seeds, from, threads, signal, onDone } = torture;
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < seeds && !signal.aborted) {
      const at = next;
      next += 1;
      const which = at % jobs.length;
      const job = jobs[which];
      if (job === undefined) return;
      const seed = from + Math.floor(at / jobs.length);
      const plan = wirePlanOf({ ...job, seed });
      const outcome = await tryWire({ ...job, seed, plan, signal });
      if (!signal.aborted) onDone(doneOf(which, outcome));
    }
  };
  // One after the other would begin at the same moment of the machine's: a little apart they are kinder to it.
  await Promise.all(
    Array.from({ length: Math.min(threads, seeds) }, async (_, at) => {
      await systemClock.sleep(at * 1_000, signal);
      await one();
    }),
  );
}

function doneOf(job: number, { seed, plan, violations, events, orders, fills, lives, halted }: WireOutcome): Done {
  const faults = Object.fromEntries([...new Set(plan.map(({ kind }) => kind))].map((kind) => [kind, 1]));
  const found = violations.map(
    ({ invariant, promise, at, says }): Found => ({
      job,
      seed,
      invariant,
      promise,
      atMs: at,
      says,
      kept: undefined,
      plan,
    }),
  );
  const sums = { seeds: 1, events, orders, fills, restarts: lives - 1, halted: halted === undefined ? 0 : 1 };
  return { batch: { job, from: seed, to: seed }, ...sums, faults, found };
}
