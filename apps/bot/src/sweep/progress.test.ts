import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldsOf, spaceOf } from "@bp/backtest";
import { openSweeps } from "@bp/journal";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { averageOutcome } from "./average.fixture.ts";
import type { Executor } from "./executor.ts";
import { amountOf } from "./plan.ts";
import { sweepProgress } from "./progress.ts";
import { part, trialOf } from "./space.fixture.ts";
import { sweepWhole } from "./whole.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "progress-"));
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** What a person reads after each run of a sweep, as numbers: how many of how many. */
async function told(section: object, top: number): Promise<readonly (readonly number[])[]> {
  const space = spaceOf({ values: { length: { from: 2, to: 21, step: 1 }, fee: ["0.01", "0.05"] }, ...section });
  const folds = foldsOf(space.split, part.from, part.to);
  const amount = amountOf(space, folds, top);
  const lines: string[] = [];
  const progress = sweepProgress({ isTTY: false, write: (text) => lines.push(text) }, amount.trials);
  const store = openSweeps(join(folder, "journal.sqlite"));
  try {
    const kept = store.begin({ id: "s", name: "average", spec: {}, version: "0", started: 1 });
    const executor: Executor = {
      width: 1,
      run: async ({ values }) => ({ outcome: averageOutcome(values), ms: 1, worker: "here" }),
      close: async () => undefined,
    };
    await sweepWhole({
      space,
      folds,
      top,
      most: amount.points,
      trialOf,
      executor,
      kept,
      retries: false,
      signal: new AbortController().signal,
      onDiffering: () => undefined,
      onDone: ({ known }) => {
        vi.advanceTimersByTime(60_000);
        progress.done(known, false);
      },
    });
  } finally {
    store.close();
  }
  return lines.map((line) => (/^(\d+) of (\d+)/.exec(line) ?? []).slice(1).map(Number));
}

describe("the progress of a sweep", () => {
  it.for([
    [{}, 20, 40],
    [{ holdOut: 0.3 }, 20, 60],
    [{ holdOut: 0.3 }, 100, 80],
    [{ walkForward: { folds: 3 } }, 20, 123],
    [{ walkForward: { folds: 1 } }, 20, 60],
    [{ holdOut: 0.3, search: "random", trials: 7 }, 20, 14],
    [{ walkForward: { folds: 2 }, search: "direct", trials: 9 }, 5, 20],
    [{ holdOut: 0.3, constraints: ["length < 5"] }, 20, 12],
  ] as const)(
    "of %j, %d in a list, goes up by one with each run, those of tests too, and ends at its end",
    async ([section, top, total]) => {
      expect(await told(section, top)).toEqual(Array.from({ length: total }, (_, at) => [at + 1, total]));
    },
  );
});
