// The one reader of the hour.
import { type Clock, millis } from "@bp/core";

const longest = 2 ** 31 - 1; // ms; a timer set for longer fires at once

/**
 * The hour as it was at the first look, and from there on a clock that nobody can set: what is timed must not stand still, or end
 * at once, because somebody corrects the machine's clock. The venue's clock is measured against this one. It stands while the
 * machine sleeps.
 */
let origin: number | undefined;
function monotonicNow(): number {
  const since = performance.now();
  origin ??= Date.now() - since;
  return Math.floor(origin + since);
}

/** The machine's clock, but it is never set back or forward. A sleep keeps the process alive, may be of any length, and ends early when its signal aborts. */
export const systemClock: Clock = {
  now: () => millis(monotonicNow()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (!(ms > 0) || signal?.aborted === true) return resolve();
      let left = ms;
      let timer: ReturnType<typeof setTimeout>;
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const next = () => {
        if (left <= 0) return finish();
        const step = Math.min(left, longest);
        left -= step;
        timer = setTimeout(next, step);
      };
      signal?.addEventListener("abort", finish);
      next();
    }),
};
