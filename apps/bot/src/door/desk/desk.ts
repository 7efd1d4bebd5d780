// Threads that do what takes long, one for each kind: one job at a time, given up with whoever asked, ended when nobody asks any more.
import { Worker } from "node:worker_threads";
import { threadFlags } from "../../hardening.ts";
import { Refusal, refusal } from "../refuse.ts";
import { type Did, type Job, patience, type Results } from "./jobs.ts";

/** How long a thread waits for more, ms. */
const idleMs = 30_000;
/** Memory of a thread, MB: with more its job fails, and nothing else. */
const memoryMb = 1_024;

/** Does jobs. */
export interface Desk {
  /**
   * @param signal - whoever asked has gone
   * @throws Refusal what the job says; 503 while another of its kind is done, where it takes too long, or where its thread dies
   */
  do<J extends Job>(job: J, signal: AbortSignal): Promise<Results[J["kind"]]>;
  close(): void;
}

interface Seat {
  readonly worker: Worker;
  isBusy: boolean;
  idle?: NodeJS.Timeout;
}

/** @param script - the module of a thread */
export function createDesk(script: URL): Desk {
  const seats = new Map<Job["kind"], Seat>();
  const seatOf = (kind: Job["kind"]): Seat => {
    const found = seats.get(kind);
    if (found !== undefined) return found;
    const worker = new Worker(script, {
      stdin: false,
      execArgv: threadFlags,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    const seat: Seat = { worker, isBusy: false };
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
  return {
    do: async <J extends Job>(job: J, signal: AbortSignal) => {
      const kind: Job["kind"] = job.kind;
      const seat = seatOf(kind);
      if (seat.isBusy) throw refusal(503, "another such question is being answered", "try again in a moment", 2);
      seat.isBusy = true;
      clearTimeout(seat.idle);
      try {
        const did = await answerOf(seat.worker, job, signal);
        if ("refused" in did) throw new Refusal(did.status, did.refused);
        seat.isBusy = false;
        seat.idle = setTimeout(() => end(kind, seat), idleMs).unref();
        return did.ok as Results[J["kind"]]; // of this kind
      } catch (error) {
        if (error instanceof Refusal && error.status !== 503) {
          seat.isBusy = false;
          seat.idle = setTimeout(() => end(kind, seat), idleMs).unref();
        } else end(kind, seat);
        throw error;
      }
    },
    close: () => {
      for (const [kind, seat] of seats) end(kind, seat);
    },
  };
}

/** @throws Refusal 503 without an answer */
function answerOf(worker: Worker, job: Job, signal: AbortSignal): Promise<Did> {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", gone);
      worker.off("message", heard);
      worker.off("exit", died);
    };
    const fail = (error: string, hint?: string) => {
      over();
      reject(refusal(503, error, hint));
    };
    const heard = (did: Did) => {
      over();
      resolve(did);
    };
    const died = () => fail("this failed: it needed more memory than there is, or met a mistake of ours");
    const gone = () => fail("whoever asked has gone");
    const limit = patience[job.kind];
    const timer = setTimeout(
      () => fail(`this took more than ${limit / 1_000} s and was given up`, "the command line has no such limit"),
      limit,
    );
    signal.addEventListener("abort", gone);
    worker.on("message", heard);
    worker.once("exit", died);
    if (signal.aborted) gone();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    else worker.postMessage(job);
  });
}
