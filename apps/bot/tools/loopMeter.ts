// Preload for a bot that is measured: how late its event loop is, from one question of its parent to the next.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

/** Between looks at the loop, ms. */
const resolution = 1;

/** What the parent is told, since it asked before. */
export interface Lateness {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

if (isMainThread && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  process.on("message", () => {
    const msOf = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
    const lateness: Lateness = {
      p50Ms: msOf(delay.percentile(50)),
      p99Ms: msOf(delay.percentile(99)),
      maxMs: msOf(delay.max),
    };
    delay.reset();
    process.send?.(lateness);
  });
  process.channel?.unref(); // a bot that has ended does not wait for questions
}
