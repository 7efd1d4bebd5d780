// The arithmetic of safety orders against its published vector.
import { describe, expect, it } from "vitest";
import { safetyOrders } from "./safetyOrders.ts";

const plan = {
  base: "100",
  first: "50",
  volumeScale: "1.5",
  deviationPct: "1",
  stepScale: "1.5",
  count: 8,
  start: "100",
  takeProfitPct: "1.5",
};

describe("safetyOrders", () => {
  it("gives the vector: capital 2,562.89, last deviation 49.26 %, average 67.03, rebound 34.1 %", () => {
    const { capital, orders, average, reboundPct } = safetyOrders(plan);
    expect(capital.toFixed(2)).toBe("2562.89");
    expect(orders.at(-1)?.deviationPct.toFixed(2)).toBe("49.26");
    expect(average.toFixed(2)).toBe("67.03");
    expect(reboundPct.toFixed(1)).toBe("34.1");
  });

  it("is the closed form at every order", () => {
    const { orders } = safetyOrders(plan);
    expect(orders).toHaveLength(8);
    for (const [at, { deviationPct, amount, price }] of orders.entries()) {
      const power = 1.5 ** (at + 1);
      expect(deviationPct.toNumber()).toBeCloseTo((power - 1) / 0.5, 9);
      expect(amount.toNumber()).toBeCloseTo((50 * power) / 1.5, 9);
      expect(price.toNumber()).toBeCloseTo(100 - (power - 1) / 0.5, 9);
    }
  });

  it("needs no growth: scales of 1 give equal steps and amounts", () => {
    const { orders, capital } = safetyOrders({ ...plan, volumeScale: "1", stepScale: "1", count: 3 });
    expect(orders.map(({ deviationPct }) => deviationPct.toFixed())).toEqual(["1", "2", "3"]);
    expect(capital.toFixed()).toBe("250");
  });

  it("is the base order alone without safety orders", () => {
    const { orders, capital, average, takeProfit, reboundPct } = safetyOrders({ ...plan, count: 0 });
    expect([orders.length, capital.toFixed(), average.toFixed(), takeProfit.toFixed()]).toEqual([
      0,
      "100",
      "100",
      "101.5",
    ]);
    expect(reboundPct.toFixed()).toBe("1.5");
  });
});
