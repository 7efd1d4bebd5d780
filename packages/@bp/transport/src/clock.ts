// The one reader of the hour.
import { type Clock, millis } from "@bp/core";

const longest = 2 ** 31 - 1; // ms; a timer set for longer fires at once

/** The machine's clock. A sleep keeps the process alive, may be of any length, and ends early when its signal aborts. */
export const systemClock: Clock = {
  now: () => millis(Date.now()),
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
