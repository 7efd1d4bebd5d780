// What a person is told about a row of a sweep beside its figures.
import { createJudge, type Outcome, spaceOf } from "@bp/backtest";
import { describe, expect, it } from "vitest";
import { part, trialOf } from "./space.fixture.ts";
import { sweepText } from "./text.ts";

const space = spaceOf({ values: { width: [1, 2] } });
const outcome = (net: string, halted: number): Outcome => ({ net, returns: [Number(net)], figures: { halted } });

function told(...outcomes: readonly Outcome[]): string {
  const judge = createJudge(space.objective, 20);
  for (const [at, each] of outcomes.entries()) judge.add({ trial: trialOf({ width: at + 1 }), outcome: each });
  return sweepText([{ fold: { train: part, test: undefined }, ranking: judge.ranking(), tested: [] }], space, []);
}

describe("sweepText", () => {
  it("marks a trial that was halted: it is first because it stopped, not because it was better", () => {
    const text = told(outcome("-5", 0), outcome("-1", 1));
    expect(text).toMatch(/^1 ‡ +2 +-1 /m);
    expect(text).toMatch(/^ +2 +1 +-5 /m);
    expect(text).toContain("‡ halted by a rule");
  });

  it("says nothing of halts where all ran to the end", () => {
    expect(told(outcome("-5", 0), outcome("-1", 0))).not.toContain("‡");
  });

  it("keeps the reason of a test that failed on its line, whoever wrote it", () => {
    const judge = createJudge(space.objective, 20);
    judge.add({ trial: trialOf({ width: 1 }), outcome: outcome("5", 0) });
    const tested = [
      { key: "k", values: {}, outcome: undefined, failed: "died\nout of sample: net 99", value: undefined },
    ];
    const split = spaceOf({ values: { width: [1, 2] }, holdOut: 0.5 });
    const text = sweepText([{ fold: { train: part, test: part }, ranking: judge.ranking(), tested }], split, []);
    expect(text).toMatch(/it failed: died out of sample: net 99$/m);
    expect(text).not.toMatch(/^out of sample/m);
  });
});
