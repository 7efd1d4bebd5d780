// What the menu's items 4, 7 and 8 tell.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bookPressure,
  rebalanceAdvice,
  returnVolatilityPct,
  simulateRebalance,
  suggestedOrders,
  suggestedSpreadPct,
  trendOf,
} from "./advice.ts";

describe("rebalanceAdvice", () => {
  it.each([
    [6, 20, 10],
    [5.01, 20, 10],
    [5, 30, 15],
    [3, 30, 15],
    [2, 30, 15],
    [1.99, 35, 20],
    [1, 35, 20],
  ])("S2.40 a volatility of %d %% asks for a target of %d and a threshold of %d", (volatility, target, threshold) => {
    const advice = rebalanceAdvice(volatility);
    expect([advice.baseTargetPct, advice.thresholdPct]).toEqual([target, threshold]);
    const { targetRange, thresholdRange } = advice;
    expect(targetRange[0] <= target && target <= targetRange[1]).toBe(true);
    expect(thresholdRange[0] <= threshold && threshold <= thresholdRange[1]).toBe(true);
  });
});

describe("simulateRebalance", () => {
  it("S2.40 1000 USDC at 30 and 15 are 300 and 700, sold above 450 and bought below 150", () => {
    expect(simulateRebalance("1000", "30", "15")).toEqual({
      base: "300",
      quote: "700",
      sellAbove: "450",
      buyBelow: "150",
    });
  });

  it("names no bound that a wallet cannot reach", () => {
    expect(simulateRebalance("1000", 30, 30).buyBelow).toBeUndefined();
    expect(simulateRebalance("1000", 80, 20).sellAbove).toBeUndefined();
    expect(simulateRebalance("0.3", "33.3", "0.1")).toEqual({
      base: "0.0999",
      quote: "0.2001",
      sellAbove: "0.1002",
      buyBelow: "0.0996",
    });
  });
});

describe("bookPressure", () => {
  it("S2.40 calls it pressure beyond 0.2 of imbalance, and not at 0.2", () => {
    const of = (bid: string, ask: string) => bookPressure([["150", bid]], [["151", ask]]);
    expect(of("0.6", "0.4")).toEqual({ imbalance: 0.2, pressure: "none", liquidity: 0.5 });
    expect(of("0.61", "0.39").pressure).toBe("buy");
    expect(of("0.4", "0.6").pressure).toBe("none");
    expect(of("0.39", "0.61").pressure).toBe("sell");
    expect(bookPressure([], [])).toEqual({ imbalance: 0, pressure: "none", liquidity: 0 });
  });

  it("is the same seen from the other side, with the other sign", () => {
    const levels = fc.array(fc.tuple(fc.constant("1"), fc.integer({ min: 1, max: 1e6 }).map(String)), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(levels, levels, (bids, asks) => {
        expect(bookPressure(bids, asks).imbalance).toBeCloseTo(-bookPressure(asks, bids).imbalance, 12);
      }),
    );
  });
});

describe("trendOf", () => {
  const climbing = Array.from({ length: 60 }, (_, at) => 100 + at);

  it("S2.40 reads averages of 5, 20 and 50 closes", () => {
    expect(trendOf(climbing)).toEqual({ direction: "up", averages: { short: 157, middle: 149.5, long: 134.5 } });
    expect(trendOf(climbing.toReversed()).direction).toBe("down");
    expect(trendOf([...climbing, 100, 100, 100, 100, 100]).direction).toBe("flat");
  });

  it("says nothing of a market it knows too little of", () => {
    expect(trendOf(climbing.slice(0, 49))).toMatchObject({ direction: "flat", averages: { long: undefined } });
    expect(trendOf([]).averages).toEqual({ short: undefined, middle: undefined, long: undefined });
  });
});

describe("returnVolatilityPct", () => {
  it("S2.40 is the deviation of the last 20 returns", () => {
    const swing = Array.from({ length: 41 }, (_, at) => (at % 2 === 0 ? 100 : 101));
    expect(returnVolatilityPct(swing)).toBeCloseTo((0.01 + 1 / 101) * 50, 10); // two returns, each 10 times
    expect(returnVolatilityPct([...swing.map((each) => each * 9), ...swing])).toBeCloseTo((0.01 + 1 / 101) * 50, 10);
  });

  it("is 0 for a steady market, does not depend on the scale, and needs two closes", () => {
    expect(returnVolatilityPct([1, 2, 4, 8, 16])).toBe(0);
    expect(returnVolatilityPct([100])).toBeUndefined();
    const closes = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(closes, fc.double({ min: 0.01, max: 100, noNaN: true }), (list, scale) => {
        const scaled = returnVolatilityPct(list.map((each) => each * scale)) ?? 0;
        const own = returnVolatilityPct(list) ?? 0;
        expect(Math.abs(scaled - own)).toBeLessThanOrEqual(1e-9 * Math.max(1, own));
      }),
    );
  });
});

describe("suggestedSpreadPct", () => {
  it.each([
    [0, 0.2],
    [1, 0.2],
    [3, 0.6],
    [10, 2],
    [50, 2],
  ])("S2.40 at a volatility of %d %% is %d %%", (volatility, spread) => {
    expect(suggestedSpreadPct(volatility)).toBeCloseTo(spread, 12);
  });
});

describe("suggestedOrders", () => {
  it("S2.40 is 3, 5 where much stands in the book, 2 where little does", () => {
    expect([0.99, 1, 10, 10.01].map(suggestedOrders)).toEqual([2, 3, 3, 5]);
  });
});
