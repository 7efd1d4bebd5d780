// When a bot counts as gone: it has not been heard for as long as the limit, and it is not we who have slept.

/** A watch over beats. Times are monotonic, ms. */
export interface Vigil {
  /** A beat came. */
  heard(now: number): void;
  /** Called often. `late`: longer silent than the limit; `doubtful`: longer than half of it. */
  look(now: number): "well" | "doubtful" | "late";
}

/**
 * A watch that begins now.
 *
 * @param limitMs - how long silence may last
 */
export function createVigil(limitMs: number, begun: number): Vigil {
  let last = begun;
  let looked = begun;
  let isForgiven = false; // once in a silence: a machine that is always too slow must not put it off for ever
  return {
    heard: (now) => {
      last = now;
      isForgiven = false;
    },
    look: (now) => {
      // We were stopped, or the machine was asleep: what came meanwhile has not been read yet.
      if (now - looked > limitMs / 2 && !isForgiven) {
        last = Math.max(last, now - limitMs / 2);
        isForgiven = true;
      }
      looked = now;
      if (now - last > limitMs) return "late";
      return now - last > limitMs / 2 ? "doubtful" : "well";
    },
  };
}
