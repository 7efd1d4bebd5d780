// Time as a port: the real clock lives in @bp/transport, tests turn this one by hand.
import { type Millis, millis } from "./units.ts";

export interface Clock {
  now(): Millis;
  /** Resolves after `ms`, or at once when `signal` aborts (it never rejects). Any length; beyond 2^31 ms too. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /** Moves forward and wakes the sleepers that are due, oldest first. */
  advance(ms: number): void;
}

/** A clock for tests and simulations, standing at `start` until it is moved. */
export function manualClock(start: number): ManualClock {
  let now = start;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => millis(now),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted === true) return resolve();
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          resolve();
        });
      }),
    advance: (ms) => {
      now += ms;
      const due = sleepers.filter((each) => each.at <= now).sort((a, b) => a.at - b.at);
      sleepers = sleepers.filter((each) => each.at > now);
      for (const each of due) each.wake();
    },
  };
}
