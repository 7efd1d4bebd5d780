// How the loop does: how long a step takes, how many there are, and how late the event loop is.
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LoopNow } from "dashboard/contract";

/** Measures a loop. */
export interface LoopWatch {
  /** A step, from its fact to its last command, took so long, ms. */
  took(ms: number): void;
  /** The journal has become slow, or quick again. */
  slow(isSlow: boolean): void;
  now(): LoopNow;
  close(): void;
}

/** Steps that are remembered. */
const remembered = 1_024;
const minuteMs = 60_000;
/** How finely the event loop is watched, ms. */
const resolution = 20;

/** Begins to measure. @param clock - ms, only forward */
export function watchLoop(clock: () => number = () => performance.now()): LoopWatch {
  const durations = new Float64Array(remembered);
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  let [steps, since, before] = [0, clock(), 0];
  let [late, lateBefore] = [0, 0];
  let [total, rate] = [0, 0];
  let journalSlow = false;
  /** A minute ends: what it has come to is shown until the next one has. */
  const turn = () => {
    const passed = clock() - since;
    if (passed < minuteMs) return passed;
    [before, rate] = [steps, (steps * 1_000) / passed];
    lateBefore = late;
    [steps, since, late] = [0, clock(), 0];
    delay.reset();
    return 0;
  };
  return {
    took: (ms) => {
      durations[total++ % remembered] = ms;
      steps += 1;
    },
    slow: (isSlow) => {
      journalSlow = isSlow;
    },
    now: () => {
      const passed = turn();
      const sorted = durations.slice(0, Math.min(total, remembered)).toSorted();
      const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 1_000);
      late = Math.max(late, delay.max / 1e6 - resolution);
      return {
        eventsPerSecond: round(before === 0 && passed > 0 ? (steps * 1_000) / passed : rate),
        stepP50Us: at(0.5),
        stepP99Us: at(0.99),
        lateMs: Math.max(0, round(Math.max(late, lateBefore))),
        lateP99Ms: Math.max(0, round(delay.percentile(99) / 1e6 - resolution)),
        journalSlow,
      };
    },
    close: () => delay.disable(),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
