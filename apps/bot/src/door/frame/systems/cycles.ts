// The last cycles of the hedge loops of a run: the loop itself remembers one.
import type { Millis } from "@bp/core";
import type { CycleReport, HedgeMemory } from "@bp/strategies";

/** A finished cycle, and for how long of it a trade was without its hedge. */
export interface PastCycle {
  readonly report: CycleReport;
  /** ms; a cycle that was under way before anybody watched counts from then on. `undefined`: nobody watched. */
  readonly nakedMs: number | undefined;
}

/** Watches the hedge loops of a run. */
export interface Cycles {
  /** Told after every event; two comparisons while nothing has changed. */
  step(strategy: string, memory: HedgeMemory, now: Millis): void;
  /** Newest first. */
  of(strategy: string): readonly PastCycle[];
}

/** So many are kept of each loop. */
const kept = 20;

/** Begins to watch; the last cycle of a loop that goes on is among them, as soon as it is seen. */
export function createCycles(): Cycles {
  const loops = new Map<string, Loop>();
  return {
    step: (strategy, memory, now) => {
      const before = loops.get(strategy);
      if (before?.memory === memory) return;
      loops.set(strategy, seen(before, memory, now));
    },
    of: (strategy) => loops.get(strategy)?.past ?? [],
  };
}

interface Loop {
  readonly memory: HedgeMemory;
  readonly past: readonly PastCycle[];
  /** Of the cycle that is under way, up to the last time that its pair was equal. */
  readonly nakedMs: number;
}

function seen(before: Loop | undefined, memory: HedgeMemory, now: Millis): Loop {
  const since = before?.memory.nakedSince;
  const over = since !== undefined && since !== memory.nakedSince ? (memory.nakedSince ?? now) - since : 0;
  const nakedMs = (before?.nakedMs ?? 0) + Math.max(0, over);
  const { last } = memory;
  if (last === undefined || last === before?.memory.last) return { memory, past: before?.past ?? [], nakedMs };
  return {
    memory,
    past: [{ report: last, nakedMs: before === undefined ? undefined : nakedMs }, ...(before?.past ?? [])].slice(
      0,
      kept,
    ),
    nakedMs: 0,
  };
}
