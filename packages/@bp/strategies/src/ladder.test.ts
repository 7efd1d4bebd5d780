// The ladder's arithmetic and its configuration. How it trades is played on a board in the bot's tests.
import { Big, decimal, instrument, lots, type OwnFill, priceText, sizeText, ticks } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLadder } from "./ladder/check.ts";
import { averageCostOf, boughtMore, breakEvenOf, type Lot, resultOf, soldOff, targetsOf } from "./ladder/lot.ts";
import { ladderParams } from "./ladder/params.ts";
import { infeasible, lowestOf, passiveBelow, rungsOf, stepOf } from "./ladder/rungs.ts";
import { safetyOrders } from "./ladder/safetyOrders.ts";
import { ladder } from "./ladder.ts";
import { lines, scene, spot as sol } from "./scene.fixture.ts";

const btc = instrument({
  id: "backpack:BTC_USDC",
  kind: "spot",
  base: "BTC",
  quote: "USDC",
  tickSize: "0.1",
  lotSize: "0.00001",
  maker: "0.00085",
  taker: "0.00095",
});
const sample = { totalAmount: 1000, orderCount: 9, maxDropPct: 7, incrementPct: 50, takeProfitPct: 0.2 };
const params = (raw: object = {}) => ladderParams.parse({ ...sample, instrument: sol.id, ...raw });
const words = (market: typeof sol, rungs: ReturnType<typeof rungsOf>) =>
  rungs.map(({ price, size }) => `${priceText(market, price)} x ${sizeText(market, size)}`);

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

describe("rungsOf", () => {
  it("floors prices from the exact value, where rounding first would be a tick higher", () => {
    expect(words(sol, rungsOf(params(), sol, 15_000)).slice(0, 3)).toEqual([
      "150.00 x 0.08",
      "148.68 x 0.13", // 148.6875
      "147.37 x 0.20", // 147.375
    ]);
  });

  it("takes the coarser of the market's tick and its own step, in multiples of its own", () => {
    expect(words(btc, rungsOf(params({ priceStep: "1" }), btc, 600_000))[0]).toBe("60000.0 x 0.00022");
    expect(words(btc, rungsOf(params({ priceStep: "1" }), btc, 600_000))[1]).toBe("59475.0 x 0.00033");
    expect(words(btc, rungsOf(params({ priceStep: "0.01" }), btc, 599_999))[0]).toBe("59999.9 x 0.00022");
    expect(words(btc, rungsOf(params({ priceStep: "250" }), btc, 600_000))[1]).toBe("59250.0 x 0.00033");
  });

  it("keeps every rung below the ask, and the step with it", () => {
    const touch = { ask: [599_985, 1] } as const;
    expect(words(btc, rungsOf(params({ priceStep: "1" }), btc, 600_000, touch))[0]).toBe("59998.0 x 0.00022");
    expect(passiveBelow(599_985, {}, btc)).toBe(599_984);
  });

  it("leaves out what the market does not take, and keeps the numbers of the others", () => {
    const picky = { ...sol, minSize: lots(20) };
    expect(rungsOf(params(), picky, 15_000).map(({ index }) => index)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const dear = { ...sol, minNotional: decimal("15") };
    expect(rungsOf(params(), dear, 15_000).map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  const shape = fc.record({
    totalAmount: fc.integer({ min: 1, max: 1_000_000 }),
    orderCount: fc.integer({ min: 1, max: 40 }),
    maxDropPct: fc.integer({ min: 1, max: 9_900 }).map((bps) => bps / 100),
    incrementPct: fc.integer({ min: 0, max: 20_000 }).map((bps) => bps / 100),
  });

  it("never costs more than the budget, never lies above the price, and goes down", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 10_000_000 }), (raw, price) => {
        const rungs = rungsOf(params({ ...raw, minOrderAmount: 0 }), sol, price);
        const cost = rungs
          .reduce((sum, rung) => sum.plus(new Big(rung.price).times(rung.size)), new Big(0))
          .div(10_000);
        expect(cost.lte(raw.totalAmount)).toBe(true);
        for (const rung of rungs) expect(rung.price).toBeLessThanOrEqual(price);
        for (const rung of rungs)
          expect(rung.price).toBeGreaterThanOrEqual(Math.floor((price * (100 - raw.maxDropPct)) / 100) - 1);
        expect(rungs.map((rung) => rung.price)).toEqual(rungs.map((rung) => rung.price).toSorted((a, b) => b - a));
      }),
    );
  });

  it("wastes less than a lot of each rung", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1_000, max: 100_000 }), (raw, price) => {
        const rungs = rungsOf(params({ ...raw, minOrderAmount: 0 }), sol, price);
        if (rungs.length < raw.orderCount) return;
        const spare = rungs.reduce((sum, rung) => sum + rung.price * (rung.size + 1), 0) / 10_000;
        expect(spare).toBeGreaterThan(raw.totalAmount * 0.999_999);
      }),
    );
  });
});

describe("infeasible", () => {
  it("asks for the smallest order on every rung, growth included", () => {
    expect(infeasible(params({ totalAmount: 89 }), sol, 15_000)).toBe(
      "89 USDC are too little for 9 orders of at least 10 USDC: it needs at least 90 USDC before growth, 748.87 with 50 % more for each",
    );
    expect(infeasible(params({ totalAmount: "748.87" }), sol, 15_000)).toBeUndefined();
    expect(infeasible(params({ totalAmount: 90, incrementPct: 0 }), sol, 15_000)).toBeUndefined();
    expect(infeasible(params({ totalAmount: "89.99", incrementPct: 0 }), sol, 15_000)).toMatch(/at least 90 USDC/);
  });

  it("counts the smallest quantity at the price, and the market's own minimum", () => {
    const raw = { totalAmount: 500, incrementPct: 0 };
    expect(infeasible(params({ ...raw, minQuantity: "0.001" }), btc, 600_000)).toMatch(
      /at least 60 USDC.*at least 540/,
    );
    expect(infeasible(params(raw), { ...btc, minNotional: decimal("60") }, 600_000)).toMatch(/at least 540/);
  });
});

describe("stepOf and lowestOf", () => {
  it("are the distance of two rungs, and the last one", () => {
    expect(stepOf(params(), 15_000)).toBe(132); // 1.3125
    expect(stepOf(params({ orderCount: 1 }), 15_000)).toBe(1_050);
    expect(lowestOf(params(), 15_000)).toBe(13_950);
    expect(lowestOf(params(), 15_001)).toBe(13_951); // 139.5093
  });
});

describe("a lot", () => {
  const fill = (price: number, size: number, fee: string, feeAsset: string) =>
    ({ side: "buy", price: ticks(price), size: lots(size), fee: decimal(fee), feeAsset }) as OwnFill; // a test names the fields that are read

  it("counts a fee in base at the price of its trade, and as not there to sell", () => {
    const lot = boughtMore(undefined, sol, fill(15_000, 100, "0.00085", "SOL"));
    expect([lot.size.toFixed(), lot.taken.toFixed(), lot.cost.toFixed(), lot.fees.toFixed()]).toEqual([
      "1",
      "0.00085",
      "150",
      "0.1275",
    ]);
    const more = boughtMore(lot, sol, fill(14_000, 100, "0.119", "USDC"));
    expect([more.size.toFixed(), more.taken.toFixed(), more.fees.toFixed()]).toEqual(["2", "0.00085", "0.2465"]);
    expect(averageCostOf(more).toFixed()).toBe("145");
  });

  it("keeps its average when a part is sold, and gives that part's cost", () => {
    const lot = { size: new Big("0.28"), taken: new Big("0.000238"), cost: new Big("41.6443"), fees: new Big("0.035") };
    const { rest, cost } = soldOff(lot, new Big("0.1"));
    if (rest === undefined) throw new Error("there is a rest");
    expect(averageCostOf(rest).toFixed(10)).toBe(averageCostOf(lot).toFixed(10));
    expect(rest.cost.plus(cost).toFixed(15)).toBe("41.644300000000000");
    expect(soldOff(lot, new Big("0.279762"))).toMatchObject({ rest: undefined, cost: lot.cost });
    expect(soldOff(undefined, new Big(1)).cost.toFixed()).toBe("0");
  });

  const three: Lot = {
    size: new Big("0.00105"),
    taken: new Big(0),
    cost: new Big("62.30175"),
    fees: new Big("62.30175").times("0.00085"),
  };

  it("breaks even at 59441.90 after 59335.00, sells at 59561 net and at 59454 gross", () => {
    const market = { ...btc, tickSize: decimal("1") };
    expect(averageCostOf(three).toFixed(2)).toBe("59335.00");
    expect(breakEvenOf(three, "0.00095").toFixed(2)).toBe("59441.90");
    expect(targetsOf(three, market, params())).toMatchObject({ takeProfit: 59_561, floor: 59_442 });
    expect(targetsOf(three, market, params({ tpMode: "gross" }))).toMatchObject({ takeProfit: 59_454, floor: 59_442 });
  });

  it("sells no lower than the profit that was asked for where that is below break-even", () => {
    const market = { ...btc, tickSize: decimal("1") };
    const low = targetsOf(three, market, params({ tpMode: "gross", takeProfitPct: "0.1" }));
    expect(low).toMatchObject({ takeProfit: 59_395, floor: 59_395 });
    expect(targetsOf(three, market, params({ tpSlippagePct: 1 })).floor).toBe(58_848); // 58847.48…
    expect(targetsOf(three, market, params({ stopLossPct: 5 })).stop).toBe(56_368); // 56368.25
  });

  it("is worth 0.07 more at 59400, and less than nothing after the fees of both sides", () => {
    const { gross, net } = resultOf(three, new Big(59_400), "0.00095");
    expect([gross.toFixed(5), net.toFixed(4)]).toEqual(["0.06825", "-0.0440"]);
  });
});

describe("checkLadder", () => {
  it("finds nothing in the sample", () => expect(checkLadder(params(), sol, 15_000)).toEqual([]));

  it("refuses a budget that is too small and a gross profit below the fees, and warns of rungs left out", () => {
    expect(checkLadder(params({ totalAmount: 89 }), sol, 15_000)).toMatchObject([
      { level: "refuse", code: "too-small" },
    ]);
    expect(checkLadder(params({ tpMode: "gross", takeProfitPct: "0.18" }), sol, 15_000)).toMatchObject([
      { level: "refuse", code: "negative-edge" },
    ]);
    expect(checkLadder(params({ tpMode: "gross" }), sol, 15_000)).toEqual([]);
    const dear = { ...sol, minNotional: decimal("13.3") };
    expect(checkLadder(params(), dear, 15_000)).toMatchObject([{ level: "warn", code: "left-out" }]);
  });
});

describe("safetyOrders", () => {
  it("gives the published figures: b 100, s 50, v = g = 1.5, d 1 %, eight orders", () => {
    const plan = safetyOrders({
      base: "100",
      first: "50",
      volumeScale: "1.5",
      stepScale: "1.5",
      deviationPct: "1",
      count: 8,
      start: "100",
      takeProfitPct: "1.5",
    });
    expect(plan.capital.toFixed(2)).toBe("2562.89");
    expect(plan.orders.at(-1)?.deviationPct.toFixed(2)).toBe("49.26");
    expect(plan.average.toFixed(2)).toBe("67.03");
    expect(plan.reboundPct.toFixed(1)).toBe("34.1");
    expect(plan.orders[0]).toMatchObject({ deviationPct: new Big(1), amount: new Big(50) });
  });

  it("with scales of 1 are evenly apart and equal", () => {
    const even = { base: "0", first: "10", volumeScale: "1", stepScale: "1", deviationPct: "2", count: 3 };
    const { orders, capital } = safetyOrders({ ...even, start: "50", takeProfitPct: "1" });
    expect(orders.map(({ price }) => price.toFixed())).toEqual(["49", "48", "47"]);
    expect(capital.toFixed()).toBe("30");
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
