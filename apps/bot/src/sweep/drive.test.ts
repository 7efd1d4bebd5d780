import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createJudge, type Ranking, spaceOf } from "@bp/backtest";
import { type KeptTrial, openSweeps } from "@bp/journal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { averageOutcome } from "./average.fixture.ts";
import { type Done, drive } from "./drive.ts";
import type { Executor } from "./executor.ts";
import { part, trialOf } from "./space.fixture.ts";
import { startThreads } from "./threads.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drive-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sweep = { id: "s", name: "average", spec: {}, version: "0", started: 1 };
const section = { values: { length: { from: 2, to: 41, step: 1 }, fee: ["0.01", "0.05"] } };
const script = new URL("./average.thread.fixture.ts", import.meta.url);
const threads = (count: number) => startThreads({ script, data: undefined, threads: count, name: "thread" });

interface Ran {
  readonly ended: boolean;
  readonly ranking: Ranking;
  readonly done: readonly Done[];
  readonly differing: readonly KeptTrial[];
}

async function run(
  said: object,
  executor: Executor,
  options: { stopAfter?: number; retries?: boolean; most?: number } = {},
): Promise<Ran> {
  const space = spaceOf(said);
  const judge = createJudge(space.objective, 5);
  const store = openSweeps(join(folder, "journal.sqlite"));
  const stop = new AbortController();
  const done: Done[] = [];
  const differing: KeptTrial[] = [];
  try {
    const ended = await drive({
      space,
      part,
      most: options.most ?? space.size,
      trialOf,
      executor,
      kept: store.begin(sweep),
      retries: options.retries === true,
      judge,
      signal: stop.signal,
      onDiffering: (each) => differing.push(...each),
      onDone: (each) => {
        done.push(each);
        if (done.length === options.stopAfter) stop.abort();
      },
    });
    return { ended, ranking: judge.ranking(), done, differing };
  } finally {
    store.close();
    await executor.close();
  }
}

/** Answers here, after a moment that is longer for earlier trials. */
const shuffled = (): Executor => ({
  width: 8,
  run: ({ values }) =>
    new Promise((resolve) => {
      const made = { outcome: averageOutcome(values), ms: 1, worker: "here" };
      setTimeout(() => resolve(made), 20 - (Number(values["length"]) % 20));
    }),
  close: async () => undefined,
});

describe("drive", () => {
  it("makes every point once, on threads as here, and ranks them the same", async () => {
    const one = await run(section, threads(2));
    expect(one.ended).toBe(true);
    expect(one.done).toHaveLength(80);
    expect(one.ranking.rows[0]?.outcome).toEqual(averageOutcome(one.ranking.rows[0]?.values ?? {}));
    rmSync(join(folder, "journal.sqlite"));
    const other = await run(section, shuffled());
    expect(other.ranking).toEqual(one.ranking); // to the last digit, in whatever order they came
    expect(one.ranking.trials).toBe(80);
  });

  it("goes on where it was stopped, and computes nothing twice", async () => {
    const first = await run(section, threads(2), { stopAfter: 30 });
    expect(first.ended).toBe(false);
    const second = await run(section, threads(2));
    const known = second.done.filter((each) => each.known).length;
    expect(known).toBeGreaterThanOrEqual(30);
    expect(known).toBeLessThan(80);
    rmSync(join(folder, "journal.sqlite"));
    expect(second.ranking).toEqual((await run(section, shuffled())).ranking);
  });

  it("marks trials that fail with their reason, and goes on", async () => {
    const { ranking, done } = await run({ values: { length: [0, 5, 9] } }, threads(2));
    expect(ranking).toMatchObject({ trials: 3, failed: 1 });
    expect(done.find(({ made }) => made.failed !== undefined)?.made.failed).toBe("Error: an average of 0 candles");
    const again = await run({ values: { length: [0, 5, 9] } }, threads(1));
    expect(again.done.every(({ known }) => known)).toBe(true);
    const retried = await run({ values: { length: [0, 5, 9] } }, threads(1), { retries: true });
    expect(retried.done.filter(({ known }) => !known)).toHaveLength(1);
  });

  it("outlives a thread that dies over a trial", async () => {
    const { done, ended } = await run({ values: { length: [5, 9, 12, 15], kill: [true, false] } }, threads(2));
    expect(ended).toBe(true);
    expect(done.filter(({ made }) => made.outcome !== undefined)).toHaveLength(4);
    expect(done.filter(({ made }) => /its thread died 2 times/.test(made.failed ?? ""))).toHaveLength(4);
  });

  it("is stopped although a trial never ends", async () => {
    const { ended } = await run({ values: { length: [5, 6], slow: [false, true] } }, threads(2), { stopAfter: 1 });
    expect(ended).toBe(false);
  });

  it("says what is wrong where no thread can start", async () => {
    const broken = startThreads({
      script: new URL("./nowhere.ts", import.meta.url),
      data: undefined,
      threads: 1,
      name: "thread",
    });
    await expect(run(section, broken)).rejects.toThrow(/a thread cannot start: .*nowhere/);
  });

  it("asks DIRECT's questions of threads as well, within the number that was allowed", async () => {
    const many = {
      values: { length: { from: 1, to: 400, step: 1 }, fee: { from: 0, to: 1, step: 0.01 } },
      search: "direct",
    };
    const here = await run(many, shuffled(), { most: 60 });
    expect(here.done).toHaveLength(60);
    expect(Number(here.ranking.rows[0]?.values["fee"])).toBeLessThan(0.2); // no fee is better
    const resumed = await run(many, threads(2), { most: 60 });
    expect(resumed.done.every(({ known }) => known)).toBe(true);
    expect(resumed.ranking).toEqual(here.ranking);
  });
});
