// Time as a port: the real clock lives in @bp/transport, tests turn this one by hand.
import { type Millis, millis } from "./units.ts";

/** Where time comes from. */
export interface Clock {
  /** The time now. */
  now(): Millis;
  /** Resolves after `ms`, or at once when `signal` aborts (it never rejects). Any length; beyond 2^31 ms too. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /**
   * Moves forward by whole `ms`, 0 or more, and wakes the sleepers that are due, the earliest first. What awaited them runs
   * after this returns, and sees the new time.
   */
  advance(ms: number): void;
}

/**
 * A clock for tests and simulations, standing at `start` until it is moved.
 *
 * @param start - ms since 1970, whole
 */
export function manualClock(start: number): ManualClock {
  let now = start;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => millis(now),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (!(ms > 0) || signal?.aborted === true) return resolve();
        const wake = () => {
          signal?.removeEventListener("abort", wake);
          sleepers = sleepers.filter((each) => each !== sleeper);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", wake);
      }),
    advance: (ms) => {
      now += ms;
      const due = sleepers.filter((each) => each.at <= now).toSorted((a, b) => a.at - b.at);
      for (const each of due) each.wake();
    },
  };
}
