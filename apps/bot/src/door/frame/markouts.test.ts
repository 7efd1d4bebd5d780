// Live markouts against those of the report over the same run.
import { createAnalyst, createTally } from "@bp/report";
import { describe, expect, it } from "vitest";
import { createMarkouts } from "./markouts.ts";
import { createMidLine } from "./midLine.ts";
import { runInMemory } from "./run.fixture.ts";

const sol = "backpack:SOL_USDC_PERP";
const making = {
  instrument: sol,
  spreadPct: 0.03,
  quantity: 0.5,
  maxPosition: 6,
  positionThreshold: 5,
  intervalMs: 2_000,
};

describe("createMarkouts", () => {
  it("says of a run what its report and its tally say of it", async () => {
    const markouts = createMarkouts();
    let analyst: ReturnType<typeof createAnalyst> | undefined;
    let tally: ReturnType<typeof createTally> | undefined;
    await runInMemory({ tree: { strategies: [{ use: "maker", params: making }] }, seconds: 600 }, (step) => {
      const { event, commands, fills, engine, instruments } = step;
      analyst ??= createAnalyst({ instruments });
      tally ??= createTally({ instruments });
      analyst.event(event);
      tally.event(event);
      for (const command of commands) {
        analyst.command(command);
        tally.command(command);
      }
      markouts.step(event, fills, engine.view);
    });
    const [second, ten, minute] = markouts.now();
    const reported = analyst
      ?.analysis({ run: "r", mode: "memory" })
      .markouts.find(({ side, horizonMs }) => side === "both" && horizonMs === 1_000);
    expect(second?.fills).toBe(reported?.fills);
    expect(second?.bps).toBeCloseTo(reported?.bps ?? Number.NaN, 9);
    expect(second?.fills).toBeGreaterThan(100);
    const settled = tally?.figures().causes.selection.map((each) => [each.horizonMs, each.settled]);
    expect([second, ten, minute].map((each) => [each?.horizonMs, each?.fills])).toEqual(settled);
  });

  it("says nothing of horizons that no fill has reached", () => {
    expect(createMarkouts().now()).toEqual([
      { horizonMs: 1_000, fills: 0 },
      { horizonMs: 10_000, fills: 0 },
      { horizonMs: 60_000, fills: 0 },
    ]);
  });
});

describe("createMidLine", () => {
  const told = () => {
    const taken: unknown[] = [];
    const line = createMidLine<string>([100, 1_000], (look, what, mid) => taken.push([look, what, mid]));
    return { line, taken };
  };

  it("takes the mid in effect when the wait is over, not the next one", () => {
    const { line, taken } = told();
    line.set(1, 10);
    line.watch(50, "fill");
    line.set(150, 11);
    expect(taken).toEqual([]); // what is due at 150 may be told yet
    line.set(151, 12);
    line.set(2_000, 13);
    expect(taken).toEqual([
      [0, "fill", 11],
      [1, "fill", 12],
    ]);
  });

  it("waits for the next mid where none was known, and does not wait for a silent book for ever", () => {
    const { line, taken } = told();
    line.set(1, 10);
    line.set(40, undefined);
    line.watch(50, "dark");
    line.set(500, 20);
    line.set(600, 21);
    expect(taken).toEqual([[0, "dark", 20]]);
    line.pass(6_050);
    expect(taken).toHaveLength(1);
    line.pass(6_051);
    expect(taken).toEqual([
      [0, "dark", 20],
      [1, "dark", 21],
    ]);
  });

  it("answers a fill that is told late from the mids of the past", () => {
    const { line, taken } = told();
    for (const at of [1, 200, 400, 3_000]) line.set(at, at);
    line.watch(250, "late");
    expect(taken).toEqual([
      [0, "late", 200],
      [1, "late", 400],
    ]);
  });
});
