// Batches of seeds over all threads, each handed out when a thread is free.
import { Worker } from "node:worker_threads";
import { threadFlags } from "../hardening.ts";
import type { Batch, Done, FromThread, Job } from "./job.ts";

/** So many seeds are handed out at once: enough to be worth it, few enough for a smooth progress. */
const batchSeeds = 20;

/** What is to be done by whom. */
export interface Torture {
  readonly jobs: readonly Job[];
  /** Of all jobs together. */
  readonly seeds: number;
  readonly from: number;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onDone: (done: Done) => void;
}

/** A thread could not do its work. */
export interface Failure {
  readonly text: string;
  readonly code: string | undefined;
}

/**
 * Tries all seeds, or as many as there is time for.
 *
 * @returns `undefined`, or why it could not go on
 */
export async function tortureAll(torture: Torture): Promise<Failure | undefined> {
  const { jobs, threads, signal, onDone } = torture;
  const batches = batchesOf(torture);
  const script = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./torture/worker.js";
  let failure: Failure | undefined;
  const one = () =>
    new Promise<void>((resolve) => {
      const worker = new Worker(new URL(script, import.meta.url), { workerData: jobs, execArgv: threadFlags });
      const over = () => void worker.terminate().then(() => resolve());
      const next = () => {
        const batch = failure !== undefined || signal.aborted ? undefined : batches.next().value;
        if (batch === undefined) over();
        else worker.postMessage(batch); // oxlint-disable-line unicorn/require-post-message-target-origin -- a thread, not a window
      };
      signal.addEventListener("abort", over, { once: true });
      worker.on("error", (error: unknown) => {
        failure ??= { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: undefined };
        over();
      });
      worker.on("message", (news: FromThread) => {
        if (news.type === "failed") failure ??= news;
        if (news.type === "done") onDone(news.done);
        next();
      });
    });
  await Promise.all(Array.from({ length: Math.max(1, threads) }, one));
  return failure;
}

/** All configurations in turn, so that each is seen early; no seed comes twice. */
function* batchesOf({ jobs, seeds, from }: Torture): Generator<Batch, undefined> {
  const size = Math.max(1, Math.min(batchSeeds, Math.floor(seeds / jobs.length)));
  for (let at = 0, job = 0; at < seeds; at += size, job = (job + 1) % jobs.length)
    yield { job, from: from + at, to: from + Math.min(at + size, seeds) - 1 };
  return undefined;
}
