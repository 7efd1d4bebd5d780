// What a picture adds up, beside what the rules that halt a run see.
import { Big, weighs } from "@bp/core";
import { type Analyst, createAnalyst } from "@bp/report";
import { describe, expect, it } from "vitest";
import { runInMemory } from "./run.fixture.ts";
import { createSums } from "./sums.ts";

const making = {
  instrument: "backpack:SOL_USDC_PERP",
  spreadPct: 0.03,
  quantity: 0.5,
  maxPosition: 6,
  positionThreshold: 5,
  intervalMs: 2_000,
};

describe("createSums", () => {
  it("has fallen as deep as a rule over the drawdown has seen it fall, and so has the report", async () => {
    const sums = createSums({});
    let analyst: Analyst | undefined;
    let [peak, worst] = [new Big(0), new Big(0)];
    await runInMemory({ tree: { strategies: [{ use: "maker", params: making }] }, seconds: 60 }, (step) => {
      const { event, commands, fills, engine, tally, instruments } = step;
      analyst ??= createAnalyst({ instruments });
      analyst.event(event);
      for (const command of commands) analyst.command(command);
      sums.step(event, fills, { engine, tally });
      if (!weighs(event)) return;
      const profit = engine.view.profit();
      if (profit.gt(peak)) peak = profit;
      const fall = peak.minus(profit);
      if (fall.gt(worst)) worst = fall;
    });
    expect(worst.gt(0)).toBe(true);
    expect(sums.fall.deepest.toFixed(8)).toBe(worst.toFixed(8));
    const { metrics } = analyst?.analysis({ run: "r", mode: "memory" }) ?? {};
    const reported = metrics?.find(({ key }) => key === "max-drawdown-amount")?.value;
    expect(reported).toBeCloseTo(-worst.toNumber(), 8);
  });
});
