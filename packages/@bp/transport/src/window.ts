// What was spent in the last stretch of time, and when it will have grown old.
import type { Clock } from "@bp/core";

/** A sliding sum. Call `now` before anything else: it forgets what is too old. */
export interface Window {
  /** The time, after forgetting. */
  now(): number;
  total(): number;
  add(weight: number): void;
  /**
   * When the total will be at or below `limit` if nothing is added; long ago when it is already. Below 0 it is an
   * estimate: so many further windows, each filled with `perWindow`.
   */
  below(limit: number, perWindow: number): number;
}

/** @param perMs - how long a weight counts, ms */
export function createWindow(perMs: number, clock: Clock): Window {
  let times: number[] = [];
  let weights: number[] = [];
  let head = 0;
  let sum = 0;
  let last: number = clock.now();

  return {
    now: () => {
      const at: number = clock.now();
      if (at < last) times = times.map((time) => time - (last - at)); // or nothing would grow old until the old hour is back
      last = at;
      for (let time = times[head]; time !== undefined && time + perMs <= at; time = times[head]) {
        sum -= weights[head] ?? 0;
        head += 1;
      }
      if (head > 1_000) {
        times = times.slice(head);
        weights = weights.slice(head);
        head = 0;
      }
      if (head === times.length) sum = 0;
      return at;
    },
    total: () => sum,
    add: (weight) => {
      const end = times.length - 1;
      if (end >= head && times[end] === last) weights[end] = (weights[end] ?? 0) + weight;
      else {
        times.push(last);
        weights.push(weight);
      }
      sum += weight;
    },
    below: (limit, perWindow) => {
      let left = sum;
      let at = Number.NEGATIVE_INFINITY;
      for (let place = head; left > limit && place < times.length; place++) {
        left -= weights[place] ?? 0;
        at = (times[place] ?? 0) + perMs;
      }
      return left > limit ? last + perMs * (1 + Math.floor(-limit / perWindow)) : at;
    },
  };
}
