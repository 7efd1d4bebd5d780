// Threads that do what takes long, one for each kind: one job at a time, given up with whoever asked, ended when nobody asks any more.
import { Worker } from "node:worker_threads";
import { deadlines } from "dashboard/contract";
import { threadFlags } from "../../hardening.ts";
import { Refusal, refusal } from "../refuse.ts";
import type { Did, Job, Results } from "./jobs.ts";
import { createTurns } from "./turns.ts";

/** How long a thread waits for more, ms. */
const idleMs = 30_000;
/** Memory of a thread, MB: with more its job fails, and nothing else. */
const memoryMb = 1_024;

/** Does jobs. */
export interface Desk {
  /**
   * @param signal - whoever asked has gone
   * @throws Refusal what the job says; 503 where too many of its kind wait, where it takes too long, its wait for its turn included, or
   *   where its thread dies
   */
  do<J extends Job>(job: J, signal: AbortSignal): Promise<Results[J["kind"]]>;
  close(): void;
}

interface Seat {
  readonly worker: Worker;
  idle?: NodeJS.Timeout;
}

/** @param script - the module of a thread @param patience - ms a kind; for tests */
export function createDesk(script: URL, patience: Readonly<Record<Job["kind"], number>> = deadlines.work): Desk {
  const seats = new Map<Job["kind"], Seat>();
  const turns = createTurns<Job["kind"]>();
  const seatOf = (kind: Job["kind"]): Seat => {
    const found = seats.get(kind);
    if (found !== undefined) return found;
    const worker = new Worker(script, {
      stdin: false,
      execArgv: threadFlags,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    const seat: Seat = { worker };
    worker.unref();
    worker.on("error", () => undefined); // it ends then, and whoever waits is told
    worker.once("exit", () => {
      if (seats.get(kind) === seat) seats.delete(kind);
    });
    seats.set(kind, seat);
    return seat;
  };
  const end = (kind: Job["kind"], { worker, idle }: Seat) => {
    clearTimeout(idle);
    seats.delete(kind);
    worker.terminate().catch(() => undefined); // it is gone either way
  };
  const done = async (job: Job, over: AbortSignal): Promise<object> => {
    const seat = seatOf(job.kind);
    clearTimeout(seat.idle);
    try {
      const did = await answerOf(seat.worker, job, over);
      seat.idle = setTimeout(() => end(job.kind, seat), idleMs).unref();
      if ("refused" in did) throw new Refusal(did.status, did.refused);
      return did.ok;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 503) end(job.kind, seat);
      throw error;
    }
  };
  return {
    do: async <J extends Job>(job: J, signal: AbortSignal) => {
      const kind: Job["kind"] = job.kind;
      const late = new AbortController();
      const tooLate = () =>
        late.abort(
          refusal(
            503,
            `this took more than ${patience[kind] / 1_000} s and was given up`,
            "the command line has no such limit",
          ),
        );
      const gone = () => late.abort(refusal(503, "whoever asked has gone"));
      const timer = setTimeout(tooLate, patience[kind]);
      signal.addEventListener("abort", gone);
      if (signal.aborted) gone();
      try {
        return (await turns.take(kind, late.signal, () => done(job, late.signal))) as Results[J["kind"]]; // of this kind
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", gone);
      }
    },
    close: () => {
      for (const [kind, seat] of seats) end(kind, seat);
    },
  };
}

/** @throws Refusal the reason of `over`; 503 where the thread dies */
function answerOf(worker: Worker, job: Job, over: AbortSignal): Promise<Did> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      over.removeEventListener("abort", late);
      worker.off("message", heard);
      worker.off("exit", died);
      act();
    };
    const heard = (did: Did) => settle(() => resolve(did));
    const died = () =>
      settle(() => reject(refusal(503, "this failed: it needed more memory than there is, or met a mistake of ours")));
    const late = () => settle(() => reject(over.reason as Refusal)); // of `do`
    over.addEventListener("abort", late);
    worker.on("message", heard);
    worker.once("exit", died);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(job);
  });
}
