// Hedge pairs over one run: the rule's debt, the report's quote-seconds.
import { Big } from "@bp/core";
import { createAnalyst } from "@bp/report";
import type { PairNow } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { createPairs, type Pairs } from "./pairs.ts";
import { runInMemory, type Step } from "./run.fixture.ts";

const lead = "backpack:SOL_USDC_PERP";
const hedge = "aster-futures:SOLUSDT";
const params = { lead, hedge, quantity: 0.5, offsetPct: 0.01, legWaitMs: 3_000, betweenLegsMs: 2_000, cycleMs: 2_000 };
const tree = { strategies: [{ use: "hedge", params }] };

describe("createPairs", () => {
  it("says what is not hedged, since when, and as many quote-seconds as the report", async () => {
    let pairs: Pairs | undefined;
    let analyst: ReturnType<typeof createAnalyst> | undefined;
    let last: Step | undefined;
    let [naked, worst] = [0, new Big(0)];
    const differs: unknown[] = [];
    const tick = (step: Step): PairNow | undefined => {
      pairs ??= createPairs(step.recipe.limits);
      pairs.step(step.event, step.engine.view);
      return pairs.now(step.engine.view)[0];
    };
    await runInMemory({ tree, seconds: 600 }, (step) => {
      const { event, commands, engine, instruments } = step;
      analyst ??= createAnalyst({ instruments });
      analyst.event(event);
      for (const command of commands) analyst.command(command);
      last = step;
      const pair = tick(step);
      const [a, b] = [engine.view.position(lead), engine.view.position(hedge)];
      if (pair === undefined) return;
      const size = (id: typeof lead | typeof hedge, held: number) =>
        new Big(held).times(engine.view.instrument(id).lotSize);
      const sum = a === undefined || b === undefined ? undefined : size(lead, a).plus(size(hedge, b));
      if (pair.debt !== sum?.toFixed()) differs.push([event.seq, event.type, pair.debt, sum?.toFixed()]);
      if (pair.since !== undefined) naked += 1;
      if (pair.notional !== undefined && worst.lt(pair.notional)) worst = new Big(pair.notional);
    });
    expect(differs).toEqual([]);
    expect(naked).toBeGreaterThan(0);
    const now = last === undefined ? undefined : pairs?.now(last.engine.view)[0];
    const reported = analyst
      ?.analysis({ run: "r", mode: "memory" })
      .metrics.find(({ key }) => key === "unhedged-notional")?.value;
    expect(now).toMatchObject({ lead, hedge, maxNakedMs: 10_000, worst: worst.toFixed() });
    expect(reported).toBeGreaterThan(1);
    // The report values a difference at the price of the last trade, the rule at the mid: within a thousandth here.
    expect(Math.abs((now?.nakedSeconds ?? 0) / (reported ?? 1) - 1)).toBeLessThan(0.001);
  });

  it("has nothing to follow without pairs, and leaves out what is not known", async () => {
    expect(createPairs({}).now({} as Step["engine"]["view"])).toEqual([]); // never read
    let pairs: Pairs | undefined;
    const firsts: (readonly PairNow[])[] = [];
    await runInMemory({ tree, seconds: 2 }, ({ recipe, engine, event }) => {
      pairs ??= createPairs(recipe.limits);
      pairs.step(event, engine.view);
      firsts.push(pairs.now(engine.view));
    });
    expect(firsts[0]).toEqual([{ lead, hedge, maxNakedMs: 10_000, nakedSeconds: 0, worst: "0" }]);
    expect(firsts.find(([pair]) => pair?.debt !== undefined)).toEqual([
      { lead, hedge, debt: "0", notional: "0", maxNakedMs: 10_000, nakedSeconds: 0, worst: "0" },
    ]);
  });
});
