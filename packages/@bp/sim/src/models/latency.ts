// How long messages take, there and back.
import { random } from "@bp/core";

/** Milliseconds from us to the venue (`up`) and from the venue to us (`down`), for a message sent at a moment. */
export interface Latency {
  up(at: number): number;
  down(at: number): number;
}

/**
 * Always the same.
 *
 * @param upMs - to the venue, at least 0
 * @param downMs - back; the same by default
 */
export function constantLatency(upMs: number, downMs: number = upMs): Latency {
  return { up: () => upMs, down: () => downMs };
}

/**
 * As measured: rows of moment, up and down in ms, oldest first. Each row holds until the next; the first holds before it.
 */
export function tableLatency(rows: readonly (readonly [at: number, upMs: number, downMs: number])[]): Latency {
  const rowAt = (at: number) => {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((rows[middle]?.[0] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return rows[low];
  };
  return { up: (at) => rowAt(at)?.[1] ?? 0, down: (at) => rowAt(at)?.[2] ?? 0 };
}

/**
 * Drawn anew for each message: a floor and an exponential tail.
 *
 * @param options.floorMs - the least, each way
 * @param options.meanMs - mean of what is added to it
 * @param options.mostMs - no message takes longer; default ten means above the floor
 */
export function drawnLatency(options: {
  readonly seed: number;
  readonly floorMs: number;
  readonly meanMs: number;
  readonly mostMs?: number;
}): Latency {
  const { seed, floorMs, meanMs, mostMs = floorMs + meanMs * 10 } = options;
  const chance = random(seed);
  const there = chance.fork("up");
  const back = chance.fork("down");
  return {
    up: () => Math.min(mostMs, floorMs + there.exponential(meanMs)),
    down: () => Math.min(mostMs, floorMs + back.exponential(meanMs)),
  };
}
