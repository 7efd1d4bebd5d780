// What a thread that makes trials tells, and how it serves.
import { parentPort } from "node:worker_threads";
import type { Outcome, Trial } from "@bp/backtest";
import { isBpError } from "@bp/core";

/** From a thread. */
export type FromThread =
  | { readonly type: "ready" }
  | {
      readonly type: "made";
      readonly made: { readonly outcome?: Outcome; readonly failed?: string; readonly ms: number };
    };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (news: FromThread) => parentPort?.postMessage(news);

/** Makes each trial that comes and tells what it came to. A failure is told with its reason; the thread lives on. */
export function serveTrials(run: (trial: Trial) => Promise<Outcome> | Outcome): void {
  const make = async (trial: Trial) => {
    const started = performance.now();
    const took = () => performance.now() - started;
    try {
      const outcome = await run(trial);
      tell({ type: "made", made: { outcome, ms: took() } });
    } catch (error) {
      tell({ type: "made", made: { failed: reasonOf(error), ms: took() } });
    }
  };
  parentPort?.on("message", (trial: Trial) => void make(trial));
  tell({ type: "ready" });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isBpError(error) ? `${error.message} [${error.code}]` : `${error.name}: ${error.message}`;
}
