// Laws of a ladder's rungs, whatever a person configures. The exact ladders of the sample are scenarios of the bot.
import { Big, decimal, instrument, priceText, sizeText, toTicks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spot } from "../scene.fixture.ts";
import { ladderParams } from "./params.ts";
import { infeasible, lowestOf, passiveBelow, rungsOf, stepOf } from "./rungs.ts";

const btc = instrument({
  id: "backpack:BTC_USDC",
  kind: "spot",
  base: "BTC",
  quote: "USDC",
  tickSize: "1",
  lotSize: "0.00001",
});
/** The same market with a finer tick, as the venue has it. */
const fine = { ...btc, tickSize: decimal("0.1") };
const words = (rungs: ReturnType<typeof rungsOf>) =>
  rungs.map(({ price, size }) => `${priceText(fine, price)} x ${sizeText(fine, size)}`);
const shape = (raw: object) =>
  ladderParams.parse({
    instrument: spot.id,
    totalAmount: "1000",
    orderCount: 9,
    maxDropPct: "7",
    incrementPct: "50",
    takeProfitPct: "0.2",
    ...raw,
  });
const anyShape = fc
  .record({
    totalAmount: fc.integer({ min: 10, max: 100_000 }),
    orderCount: fc.integer({ min: 1, max: 30 }),
    maxDropPct: fc.integer({ min: 1, max: 9_999 }).map((each) => each / 100),
    incrementPct: fc.integer({ min: 0, max: 20_000 }).map((each) => each / 100),
  })
  .map(shape);
const anyPrice = fc.integer({ min: 100, max: 10_000_000 });

describe("rungsOf", () => {
  it("never costs more than the budget, and no rung is dearer than the one above it", () => {
    fc.assert(
      fc.property(anyShape, anyPrice, fc.option(anyPrice), (params, price, ask) => {
        const rungs = rungsOf(params, spot, price, ask === null ? undefined : { ask: [ask, 1] });
        const cost = rungs.reduce((sum, each) => sum.plus(new Big(each.price).times(each.size)), new Big(0));
        expect(cost.times(spot.tickSize).times(spot.lotSize).lte(params.totalAmount)).toBe(true);
        for (const each of rungs) {
          expect(each.size).toBeGreaterThanOrEqual(spot.minSize);
          expect(each.price).toBeLessThanOrEqual(Math.min(price, (ask ?? Number.MAX_SAFE_INTEGER) - 1));
        }
        const prices = rungs.map((each) => each.price);
        const indices = rungs.map((each) => each.index);
        expect(prices).toEqual(prices.toSorted((a, b) => b - a));
        expect(indices).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
      }),
    );
  });

  it("floors prices from the exact value: 148.6875 is 148.68, and 147.375 is 147.37", () => {
    expect(rungsOf(shape({}), spot, 15_000).map(({ price }) => price)).toEqual([
      15_000, 14_868, 14_737, 14_606, 14_475, 14_343, 14_212, 14_081, 13_950,
    ]);
  });

  it("hangs from a mid between two ticks", () => {
    const [first, , last] = rungsOf(shape({ orderCount: 3, maxDropPct: "10" }), spot, 15_000.5);
    expect([first?.price, last?.price]).toEqual([15_000, 13_500]); // 13500.45, down
  });

  it("takes a step only where it is coarser than the market's", () => {
    const prices = (priceStep: string) =>
      rungsOf(shape({ priceStep, orderCount: 3 }), spot, 15_000).map(({ price }) => price);
    expect(prices("0.001")).toEqual([15_000, 14_475, 13_950]);
    expect(prices("0.5")).toEqual([15_000, 14_450, 13_950]);
    const sizes = (quantityStep: string) =>
      rungsOf(shape({ quantityStep, orderCount: 1 }), spot, 15_000).map(({ size }) => size);
    expect(sizes("0.0001")).toEqual([666]);
    expect(sizes("0.1")).toEqual([660]);
    expect(sizes("1")).toEqual([600]);
  });

  it("takes the coarser of the market's tick and its own step, in multiples of its own", () => {
    expect(words(rungsOf(shape({ priceStep: "1" }), fine, 600_000))[0]).toBe("60000.0 x 0.00022");
    expect(words(rungsOf(shape({ priceStep: "1" }), fine, 600_000))[1]).toBe("59475.0 x 0.00033");
    expect(words(rungsOf(shape({ priceStep: "0.01" }), fine, 599_999))[0]).toBe("59999.9 x 0.00022");
    expect(words(rungsOf(shape({ priceStep: "250" }), fine, 600_000))[1]).toBe("59250.0 x 0.00033");
  });

  it("keeps every rung below the ask, and the step with it", () => {
    const touch = { ask: [599_985, 1] } as const;
    expect(words(rungsOf(shape({ priceStep: "1" }), fine, 600_000, touch))[0]).toBe("59998.0 x 0.00022");
    expect(passiveBelow(599_985, {}, fine)).toBe(599_984);
  });

  it("wastes less than a lot of each rung", () => {
    fc.assert(
      fc.property(anyShape, fc.integer({ min: 1_000, max: 100_000 }), (params, price) => {
        const rungs = rungsOf({ ...params, minOrderAmount: decimal("0") }, spot, price);
        if (rungs.length < params.orderCount) return;
        const spare = rungs.reduce((sum, rung) => sum + rung.price * (rung.size + 1), 0) / 10_000;
        expect(spare).toBeGreaterThan(Number(params.totalAmount) * 0.999_999);
      }),
    );
  });

  it("leaves out what the market does not take, and keeps the numbers of the others", () => {
    const rungs = rungsOf(shape({ minQuantity: "0.2" }), spot, 15_000);
    expect(rungs.map(({ index }) => index)).toEqual([2, 3, 4, 5, 6, 7, 8]); // 0.08 and 0.13 are too small
  });
});

describe("infeasible", () => {
  it("is silent exactly from the sum of all least rungs on", () => {
    const at = (totalAmount: string) => infeasible(shape({ totalAmount }), btc, 60_000);
    expect(at("748.86")).toMatch(/at least 90 USDC before growth, 748\.87 with 50 % more for each/);
    expect(at("748.87")).toBeUndefined(); // 10 · (1.5^9 - 1) / 0.5 = 748.867…
    expect(at("89")).toMatch(/^89 USDC are too little for 9 orders of at least 10 USDC/);
  });

  it("counts the smallest quantity at the price", () => {
    const at = (totalAmount: string) =>
      infeasible(shape({ totalAmount, minQuantity: "0.001", incrementPct: 0 }), btc, 60_000);
    expect(at("500")).toContain("at least 540 USDC before growth");
    expect(at("540")).toBeUndefined();
  });

  it("leaves no budget to ladders whose rungs would be below their least amount", () => {
    fc.assert(
      fc.property(anyShape, anyPrice, (params, price) => {
        if (infeasible(params, spot, price) !== undefined) return;
        const ratio = new Big(params.incrementPct).div(100).plus(1);
        let [sum, factor] = [new Big(0), new Big(1)];
        for (let at = 0; at < params.orderCount; at++) {
          sum = sum.plus(factor);
          factor = factor.times(ratio);
        }
        expect(new Big(params.totalAmount).gte(sum.times(params.minOrderAmount))).toBe(true);
      }),
    );
  });
});

describe("stepOf and lowestOf", () => {
  it("are the distance of two rungs and the end of the ladder", () => {
    expect(stepOf(shape({}), 15_000)).toBe(132); // 131.25, up
    expect(stepOf(shape({ orderCount: 1 }), 15_000)).toBe(1_050);
    expect(lowestOf(shape({}), toTicks(btc, "60000"))).toBe(55_800);
  });
});
