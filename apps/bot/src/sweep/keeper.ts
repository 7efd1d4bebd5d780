// Keeps results as they come, several in one transaction.
import type { Trial } from "@bp/backtest";
import type { KeptTrial, OpenSweep } from "@bp/journal";
import type { Made } from "./executor.ts";

/** It. */
export interface Keeper {
  /** Takes a result; it is on the disk within a second, and after `flush`. */
  keep(trial: Trial, made: Made): Made;
  flush(): void;
}

const batch = 100;
const batchMs = 1_000;

/**
 * Keeps the results of a sweep.
 *
 * @param onDiffering - hears of second results that were others than the first, which stay
 * @returns its functions throw `journal/write` where nothing can be kept: then the sweep ends
 */
export function keeperOf(kept: OpenSweep, onDiffering: (trials: readonly KeptTrial[]) => void): Keeper {
  let held: KeptTrial[] = [];
  let timer: NodeJS.Timeout | undefined;
  let broken: unknown;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (held.length === 0) return;
    const { differing } = kept.put(held);
    held = [];
    if (differing.length > 0) onDiffering(differing);
  };
  const flushLater = () => {
    try {
      flush();
    } catch (error) {
      broken = error; // told with the next result: nobody hears a timer
    }
  };
  return {
    flush,
    keep: ({ key, part, values }, made) => {
      if (broken !== undefined) throw broken instanceof Error ? broken : new Error("results cannot be kept");
      held.push({ key, part, values, ...made });
      if (held.length >= batch) flush();
      else timer ??= setTimeout(flushLater, batchMs);
      return made;
    },
  };
}
