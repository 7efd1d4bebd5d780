import { millis, random } from "@bp/core";
import { deflatedSharpe, deviation, kurtosis, pbo, sharpe, skewness } from "@bp/report";
import { describe, expect, it } from "vitest";
import { createJudge, headline } from "./judge.ts";
import { objectiveOf } from "./objective.ts";
import type { Tried } from "./trial.ts";

const part = { name: "all", from: millis(0), to: millis(1_000_000) };

function tried(key: string, returns: readonly number[], figures: Record<string, number | null> = {}): Tried {
  const net = returns.reduce((sum, each) => sum + each, 0).toFixed(8);
  return { trial: { key, values: { a: key }, part }, outcome: { net, returns, figures } };
}

function noise(count: number, drift = 0): readonly Tried[] {
  const chance = random(3);
  return Array.from({ length: count }, (_, at) =>
    tried(
      `t${at}`,
      Array.from({ length: 64 }, () => chance.normal() + (at === 5 ? drift : 0)),
    ),
  );
}

function ranked(all: readonly Tried[], objective: unknown = "net", top = 3) {
  const judge = createJudge(objectiveOf(objective), top);
  for (const each of all) judge.add(each);
  return judge.ranking();
}

describe("createJudge", () => {
  it("has the deflated Sharpe ratio and the overfitting of its trials", () => {
    const all = noise(40, 0.5);
    const ranking = ranked(all);
    const returns = all.map(({ outcome }) => outcome?.returns ?? []);
    const ratios = returns.map((each) => sharpe(each, { periodsPerYear: 1 }) ?? 0);
    const first = returns[5] ?? [];
    expect(ranking.rows[0]?.key).toBe("t5");
    expect(ranking.deflatedSharpe).toBe(
      deflatedSharpe(
        { sharpe: ratios[5] ?? 0, samples: 64, skew: skewness(first) ?? 0, kurtosis: kurtosis(first) ?? 0 },
        { trials: 40, deviation: deviation(ratios) ?? 0 },
      ),
    );
    expect(ranking.pbo).toBe(pbo(returns, 16).pbo);
    expect(headline(ranking)).toMatch(
      /^best of 40 trials: deflated Sharpe 0\.\d{3}, probability of overfitting 0\.\d{3}$/,
    );
  });

  it("says that the first one of pure chance is chance", () => {
    const { deflatedSharpe: luck, pbo: over } = ranked(noise(100));
    expect(luck).toBeLessThan(0.9);
    expect(over).toBeGreaterThan(0.25);
  });

  it("never says best without them", () => {
    expect(headline(ranked(noise(1)))).toBe(
      "first of 1 trials; no deflated Sharpe ratio: one trial alone was chosen from nothing; no probability of overfitting: it takes two trials",
    );
    const still = ["a", "b"].map((key) =>
      tried(
        key,
        Array.from({ length: 64 }, () => 0),
      ),
    );
    expect(headline(ranked(still))).toMatch(/^first of 2 trials; .*does not vary; .*no trial earned or lost anything$/);
    expect(headline(ranked([]))).toBe("nothing of 0 trials");
    const uneven = [...noise(3), tried("x", [1, 2, 3])];
    expect(headline(ranked(uneven))).toMatch(/^first of 4 trials; .*different periods/);
  });

  it("calls none the best where the objective is defined for none", () => {
    expect(headline(ranked(noise(4), "maxDrawdown"))).toMatch(/^first of 4 trials; .*the objective is not defined/);
  });

  it("counts trials that failed", () => {
    const failed: Tried = { trial: { key: "z", values: {}, part }, failed: "no market" };
    expect(headline(ranked([...noise(4), failed]))).toMatch(/^best of 5 trials, 1 of them failed: /);
  });

  it("ranks by any sum of figures, undefined ones last, and equal ones by key, whoever came first", () => {
    const all = [
      tried("d", [1], { maxDrawdown: 0 }),
      tried("c", [4], { maxDrawdown: 4 }),
      tried("b", [2], { maxDrawdown: 2 }),
      tried("a", [9], { maxDrawdown: 3 }),
      tried("e", [9], {}),
    ];
    const keys = (rows: readonly Tried[]) => ranked(rows, "net/maxDrawdown", 9).rows.map(({ key }) => key);
    expect(keys(all)).toEqual(["a", "b", "c", "d", "e"]);
    expect(keys(all.toReversed())).toEqual(["a", "b", "c", "d", "e"]);
    expect(ranked(all, { minimise: "maxDrawdown" }).rows.map(({ value }) => value)).toEqual([0, 2, 3]);
  });

  it("holds the rows of the list and no more", () => {
    expect(ranked(noise(50)).rows).toHaveLength(3);
  });
});
