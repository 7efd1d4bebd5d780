// The ladder's configuration and when it wishes nothing. Its arithmetic is tested beside it; how it trades is played on a board in the bot's tests.
import { decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { ladderParams } from "./ladder/params.ts";
import { ladder } from "./ladder.ts";
import { lines, perp, scene, spot as sol } from "./scene.fixture.ts";

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

  /** 0.04 are worth 5.997 at the bid of 149.93, and 5.9676 at the cap of 149.19. */
  const dear = { ...sol, minNotional: decimal("5.99") };
  const bought = (size: number) => {
    const world = scene(ladder, dear, { ...sample, stopLossPct: 2 }); // of 153: 149.94
    world.book("149.99", "150.01");
    world.trade({ slot: "rung.0", side: "buy", price: "153", size }, size);
    return world;
  };

  it("begins no sale that the market would not take at its cap", () => {
    const world = bought(4);
    const wish = lines(dear, world.book("149.93", "149.95"));
    expect(world.memory().phase).toBe("monitoring");
    expect(wish[0]).toBe("buy 148.68 x 0.13"); // and the other rungs stay
  });

  it("is done with a sale when what is left is less than the market takes at its cap", () => {
    const world = bought(40);
    expect(lines(dear, world.book("149.93", "149.95"))).toEqual(["hold 0.00 at 149.19"]);
    world.trade({ slot: `hold:${dear.id}`, side: "sell", price: "149.93", size: 36 }, 4);
    expect(world.memory()).toMatchObject({ phase: "stopped", lastCycle: { why: "stop loss" } });
    expect(world.memory().lastCycle?.dust.toFixed()).toBe("0.04");
  });

  it("takes a profit that is enough at its own price, though not at the cap", () => {
    const world = scene(ladder, dear, { ...sample });
    world.book("149.99", "150.01");
    world.trade({ slot: "rung.0", side: "buy", price: "149.50", size: 4 }, 4); // profit at 149.95
    world.later(1);
    expect(lines(dear, world.book("149.95", "149.97"))).toEqual(["sell 149.95 x 0.04"]);
  });

  it("sells a perpetual below the minimum notional, for that order only reduces", () => {
    const market = { ...perp, minNotional: decimal("5.99") };
    const world = scene(ladder, market, { ...sample, stopLossPct: 2 });
    world.book("149.99", "150.01");
    world.trade({ slot: "rung.0", side: "buy", price: "153", size: 1 }, 1);
    expect(lines(market, world.book("149.93", "149.95"))).toEqual(["hold 0.00 at 149.19"]);
  });

  it("offers reduce-only, but not where the user holds the other way", () => {
    const world = scene(ladder, perp, { ...sample });
    world.book("149.99", "150.01");
    world.trade({ slot: "rung.0", side: "buy", price: "150", size: 8 }, 8);
    world.later(1);
    expect(world.book("148", "154")).toMatchObject([{ side: "sell", size: 8, reduceOnly: true }]);
    const [offer] = world.others(-100);
    expect(offer).toMatchObject({ side: "sell", size: 8 });
    expect(offer).not.toHaveProperty("reduceOnly");
    expect(world.others(100)).toMatchObject([{ side: "sell", size: 8, reduceOnly: true }]);
  });
});
