// Threads that make trials, each as soon as one is free.
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Trial } from "@bp/backtest";
import { threadFlags } from "../hardening.ts";
import type { Executor, Made } from "./executor.ts";
import type { FromThread } from "./threadWords.ts";

/** What threads are made of. */
export interface ThreadsOptions {
  /** The module of a thread; see `serveTrials`. */
  readonly script: URL;
  /** What it is given; shared memory is not copied. */
  readonly data: unknown;
  /** 1 or more. */
  readonly threads: number;
  /** How they call themselves: `thread`, or host and process. */
  readonly name: string;
}

/**
 * Half of the room that a thread has for what is short-lived, MB. The bot runs with 1, and is small; a thread that is started
 * like that collects a thousand times a minute, for which it wakes helpers on all cores. `resourceLimits` says nothing against
 * the flag of the process, so the flag is another one for threads: it is read when a heap is made, and ours is made already.
 */
const semiSpaceMb = 16;
/** Threads that may die over one trial before it counts as failed. */
const tries = 2;

interface Asked {
  readonly trial: Trial;
  readonly resolve: (made: Made) => void;
  readonly reject: (error: Error) => void;
  deaths: number;
}

/**
 * Starts threads. One that dies over a trial is replaced, and the trial is tried once more.
 *
 * @returns an executor; it rejects where a thread cannot even start
 */
export function startThreads({ script, data, threads, name }: ThreadsOptions): Executor {
  const waiting: Asked[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, Asked & { readonly since: number }>();
  const all = new Set<Worker>();
  let broken: Error | undefined;

  const fail = (error: Error) => {
    broken ??= error;
    for (const each of [...waiting.splice(0), ...busy.values()]) each.reject(error);
  };
  const next = () => {
    while (waiting.length > 0 && idle.length > 0) {
      const [asked, worker] = [waiting.shift(), idle.shift()];
      if (asked === undefined || worker === undefined) return;
      busy.set(worker, Object.assign(asked, { since: performance.now() }));
      worker.postMessage(asked.trial); // oxlint-disable-line unicorn/require-post-message-target-origin -- a thread, not a window
    }
  };
  const gone = (worker: Worker, place: number, why: string, ready: boolean) => {
    if (!all.delete(worker) || broken !== undefined) return;
    const asked = busy.get(worker);
    busy.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    if (!ready) return fail(new Error(`a thread cannot start: ${why}`));
    start(place);
    if (asked === undefined) return;
    asked.deaths += 1;
    if (asked.deaths < tries) waiting.unshift(asked);
    else
      asked.resolve({
        failed: `its thread died ${asked.deaths} times: ${why}`,
        ms: performance.now() - asked.since,
        worker: `${name} ${place}`,
      });
    next();
  };
  const start = (place: number) => {
    const worker = new Worker(script, { workerData: data, stdin: false, execArgv: threadFlags });
    let ready = false;
    let why = "it ended by itself";
    all.add(worker);
    worker.on("error", (error: unknown) => {
      why = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", () => gone(worker, place, why, ready));
    worker.on("message", (news: FromThread) => {
      const asked = busy.get(worker);
      busy.delete(worker);
      if (news.type === "ready") ready = true;
      else if (asked !== undefined) asked.resolve({ ...news.made, worker: `${name} ${place}` });
      idle.push(worker);
      next();
    });
  };
  const count = Math.max(1, threads);
  for (const flag of ["--min-semi-space-size", "--max-semi-space-size"]) setFlagsFromString(`${flag}=${semiSpaceMb}`);
  for (let place = 1; place <= count; place++) start(place);

  return {
    width: count + 1, // one in hand, so that no thread waits for us
    run: (trial) =>
      new Promise<Made>((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        waiting.push({ trial, resolve, reject, deaths: 0 });
        next();
      }),
    close: async () => {
      fail(new Error("the threads were ended"));
      const ending = [...all].map((each) => each.terminate());
      all.clear();
      await Promise.all(ending);
    },
  };
}
