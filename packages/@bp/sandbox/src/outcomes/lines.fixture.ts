// Makes tests of the lines of a policy: the real client and adapter against a venue that answers as the line says.
/* oxlint-disable vitest/expect-expect, vitest/no-conditional-expect -- what is expected depends on the line, and judge() expects it */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BenchName, type OutcomeBench, openBench } from "./bench.ts";
import { needsOwn, play, truthsOf } from "./play.ts";
import type { Policy, Row } from "./row.ts";
import { beliefs, problems, type Seen, sameProof, type Truth } from "./seen.ts";

interface Trial {
  readonly name: string;
  readonly row: Row;
  readonly truth: Truth;
}

/** The lines of a policy that a bench can show, each with everything that the venue may really have done. */
function trialsFor({ rows }: Policy, bench: BenchName): Trial[] {
  const fits = ({ only, scheme }: Row) =>
    (only === undefined || bench.includes(only)) && (scheme === undefined || bench.endsWith(scheme));
  const trials = rows.filter(fits).flatMap((row) =>
    truthsOf(row).map((truth) => ({
      name: `${row.command}: ${row.answer} -> ${row.believed} (${truth})`,
      row,
      truth,
    })),
  );
  const isLong = ({ row, truth }: Trial) => (truth === "never arrived" && row.believed === "place unknown" ? 0 : 1);
  return trials.toSorted((a, b) => isLong(a) - isLong(b)); // those that wait for the window begin at once
}

/** The line holds, and every other belief about it would not: a line that cannot fail proves nothing. */
function judge({ believed, command, sent }: Row, seen: Seen): void {
  expect(problems(believed, seen, sent), JSON.stringify(seen)).toEqual([]);
  for (const other of beliefs[command] ?? [])
    if (!sameProof(believed, other))
      expect(problems(other, seen, sent), `"${other}" would pass as well`).not.toEqual([]);
}

/** Starts them in order, at most so many at once. */
function startAll(
  trials: readonly Trial[],
  most: number,
  run: (trial: Trial) => Promise<Seen>,
): ReadonlyMap<Trial, Promise<Seen>> {
  const waiting: (() => void)[] = [];
  let free = most;
  const enter = () => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return new Map(
    trials.map((trial) => {
      const seen = enter().then(() => run(trial).finally(leave));
      seen.catch(() => undefined); // its test tells
      return [trial, seen];
    }),
  );
}

/** Plays trials one after the other at a venue of their own. */
async function playAlone(
  name: BenchName,
  trials: readonly Trial[],
  judgeOne: (trial: Trial, seen: Seen, bench: OutcomeBench) => void,
): Promise<void> {
  const bench = await openBench(name);
  try {
    for (const trial of trials) judgeOne(trial, await play(bench, trial.row, trial.truth), bench);
  } finally {
    await bench.close();
  }
}

/** Tests for all lines that this bench can show. */
export function testLines(name: BenchName, policy: Policy): void {
  const trials = trialsFor(policy, name);
  const shared = trials.filter(({ row }) => !needsOwn(row));
  const silencing = trials.filter(({ row }) => row.pauseMs !== undefined);
  const commands = [...new Set(trials.map(({ row }) => row.command))];
  const whole = commands.flatMap((command): (readonly [name: string, trials: readonly Trial[]])[] => {
    const own = trials.filter(({ row }) => row.command === command && needsOwn(row) && row.pauseMs === undefined);
    if (command === "streams") return own.map((trial) => [trial.name, [trial]]); // each loss makes the next pause longer
    return own.length === 0 ? [] : [[command, own]];
  });

  describe("orders, many at once at one venue", () => {
    let bench: OutcomeBench;
    let results: ReadonlyMap<Trial, Promise<Seen>>;
    beforeAll(async () => {
      bench = await openBench(name);
      results = startAll(shared, 24, ({ row, truth }) => play(bench, row, truth));
    });
    afterAll(() => bench.close());
    it.each(shared)(
      "$name",
      async (trial) => {
        const seen = await results.get(trial);
        if (seen === undefined) throw new Error("not played");
        judge(trial.row, seen);
      },
      300_000,
    );
  });

  describe("answers that silence the host", () => {
    it.concurrent.each(silencing)(
      "$name",
      async (trial) => {
        const { pauseMs } = trial.row;
        await playAlone(name, [trial], ({ row }, seen, bench) => {
          judge(row, seen);
          if (typeof pauseMs === "number" && pauseMs > 5_000) expect(bench.pausedMs()).toBeGreaterThan(pauseMs - 5_000);
          if (typeof pauseMs === "number") expect(bench.pausedMs()).toBeLessThanOrEqual(pauseMs);
        });
      },
      300_000,
    );
  });

  describe("what is read and heard", () => {
    it.concurrent.each(whole)(
      "%s",
      async (_, each) => {
        await playAlone(name, each, ({ row, name: title }, seen) => {
          try {
            judge(row, seen);
          } catch (error) {
            throw new Error(title, { cause: error });
          }
        });
      },
      400_000,
    );
  });
}
