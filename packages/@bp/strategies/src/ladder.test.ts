// The ladder's configuration and when it wishes nothing. Its arithmetic is tested beside it; how it trades is played on a board in the bot's tests.
import { describe, expect, it } from "vitest";
import { ladderParams } from "./ladder/params.ts";
import { ladder } from "./ladder.ts";
import { lines, scene, spot as sol } from "./scene.fixture.ts";

const sample = { totalAmount: 1000, orderCount: 9, maxDropPct: 7, incrementPct: 50, takeProfitPct: 0.2 };
const params = (raw: object = {}) => ladderParams.parse({ ...sample, instrument: sol.id, ...raw });

describe("ladderParams", () => {
  it("has the sample's figures by default, and everything beyond it off", () => {
    expect(params()).toMatchObject({
      tpMode: "net",
      tpSlippagePct: "0",
      minOrderAmount: "10",
      restartAfterTakeProfit: true,
      restartDelayMs: 5_000,
      reanchorOnNoFill: true,
      noFillRestartMs: 180_000,
      onMaxDrop: "alert",
      slippagePct: "0.5",
      staleMs: 5_000,
    });
    expect(params()).not.toHaveProperty("trailTakeProfitPct");
    expect(params()).not.toHaveProperty("stopLossPct");
  });

  it("refuses what cannot be", () => {
    expect(() => params({ maxDropPct: 100 })).toThrow(/below 100/);
    expect(() => params({ orderCount: 0 })).toThrow(/orderCount/);
    expect(() => params({ takeProfitPct: 0 })).toThrow(/above 0/);
    expect(() => params({ incrementPct: -1 })).toThrow(/0 or above/);
    expect(() => params({ martingale: true })).toThrow(/martingale/);
  });
});

describe("ladder", () => {
  const built = (raw: object = {}) => {
    const world = scene(ladder, sol, { ...sample, ...raw });
    world.book("149.99", "150.01");
    return world;
  };

  it("hangs from the mid where there is no print", () => {
    expect(lines(sol, built().beat())[0]).toBe("buy 150.00 x 0.08");
  });

  it("wishes nothing while the position, the book or the link is unknown", () => {
    const world = built();
    expect(world.hold(undefined)).toEqual([]);
    world.hold(0);
    expect(world.loseBook()).toEqual([]);
    world.book("149.99", "150.01");
    world.link("down");
    expect(world.beat()).toEqual([]);
    world.link("up");
    expect(world.beat()).toHaveLength(9);
    world.later(6_000);
    expect(world.beat()).toEqual([]); // the book is older than 5 s
  });

  it("gives the same wish again while nothing moves, and the same memory for a market that stands still", () => {
    const world = built();
    const before = world.memory();
    const wish = world.beat();
    expect(world.beat()).toBe(wish);
    expect(world.book("149.99", "150.01")).toBe(wish);
    expect(world.memory()).toBe(before);
  });
});
