// A frame is of one moment.
import type { Frame } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import type { Begun } from "../../session.ts";
import { watchLoop } from "./loop.ts";
import { runInMemory } from "./run.fixture.ts";
import { createScene, type Scene } from "./scene.ts";
import { createSums } from "./sums.ts";

const hedging = {
  lead: "backpack:SOL_USDC_PERP",
  hedge: "aster-futures:SOLUSDT",
  quantity: 0.5,
  offsetPct: 0.01,
  legWaitMs: 3_000,
  betweenLegsMs: 2_000,
  cycleMs: 2_000,
};

/** Frames of a run, twenty-five a second by the clock of whoever draws them, whatever has happened since. */
async function drawn(): Promise<readonly Frame[]> {
  const loop = watchLoop();
  const frames: Frame[] = [];
  let begun: Begun | undefined;
  let scene: Scene | undefined;
  const run = {
    tree: { strategies: [{ use: "hedge", params: hedging }] },
    seconds: 30,
    begun: (told: Begun) => {
      begun = told;
    },
  };
  await runInMemory(run, (step) => {
    if (begun === undefined) return;
    scene ??= createScene({ begun, state: step, sums: createSums({}), loop });
    scene.step(step.event, step.commands, step.fills);
    if (step.event.seq % 20 !== 0 && step.fills.length === 0) return;
    frames.push(scene.frame({ state: "running", began: 0 }, frames.length * 40));
  });
  loop.close();
  return frames;
}

describe("createScene", () => {
  it("shows money of the same moment as the positions", async () => {
    const frames = await drawn();
    expect(frames.at(-1)?.money.fills).toBeGreaterThan(10);
    for (const { markets, money } of frames) {
      const parts = markets.map(({ position }) => {
        const { realized = "0", unrealized = "0", fees = "0", funding = "0" } = position ?? {};
        return Number(realized) + Number(unrealized) - Number(fees) + Number(funding);
      });
      expect(Number(money.net)).toBeCloseTo(
        parts.reduce((sum, each) => sum + each, 0),
        6,
      );
    }
  });
});
