import { describe, expect, it } from "vitest";
import { asking, far, hold, holding, passed, perp, quote, spot, told, world } from "../scene.fixture.ts";
import { type LossLimits, maxLoss } from "./maxLoss.ts";

const start = (limits: Partial<LossLimits>, w = world()) => {
  const s = asking([maxLoss({ markets: [perp.id], ...limits })], w);
  const at = (profit: string) => {
    w.profit = profit;
    s.tell({ type: "mark.changed" });
  };
  return { w, at, ...s };
};

describe("maxLoss", () => {
  it("S4.15 halts at 950.00 of 1000, not at 950.01, and never for a profit", () => {
    const { at, halted, judge } = start({ pct: "5" });
    at("0");
    at("-49.99");
    expect(halted()).toBeUndefined();
    at("50");
    at("5000");
    expect(halted()).toBeUndefined();
    expect(passed(judge([quote("buy", 14_962, 5)]))).toHaveLength(1);
    at("-50");
    expect(halted()).toBe("max-loss: lost 50.00: equity 950.00 is 5.00 % below 1000.00 at the start, limit 5 %");
  });

  it("lets only reductions through from then on, until a person resumes; then losses count from there", () => {
    const { w, at, halted, judge, tell } = start({ pct: "5" });
    w.positions[perp.id] = 5;
    w.holdings[perp.id] = holding(5, "7.5");
    at("0");
    at("-60");
    at("100");
    const judged = judge([quote("buy", 14_962, 5), hold(0)]);
    expect(passed(judged)).toEqual(["hold 0"]);
    expect(told(judged)[0]).toContain("lost 60.00: equity 940.00 is 6.00 % below 1000.00");
    at("-60");
    tell({ type: "operator.asked", ask: "resume" });
    expect(halted()).toBeUndefined();
    at("-106.99"); // 5 % of the 940 that are left are 47
    expect(halted()).toBeUndefined();
    at("-107");
    expect(halted()).toContain("lost 47.00: equity 893.00 is 5.00 % below 940.00");
  });

  it("takes an amount, of nothing but the run's own profit, also while no balance is known", () => {
    const { w, at, halted, judge } = start({ amount: "20" });
    w.balances["USDC"] = undefined;
    expect(passed(judge([quote("buy", 14_962, 5)]))).toHaveLength(1);
    at("-19.99");
    expect(halted()).toBeUndefined();
    at("-20");
    expect(halted()).toBe("max-loss: lost 20.00 since the start, limit 20");
  });

  it("takes what is reached first of both", () => {
    const { at, halted } = start({ pct: "5", amount: "20" });
    at("0");
    at("-20");
    expect(halted()).toBe("max-loss: lost 20.00: equity 980.00 is 2.00 % below 1000.00 at the start, limit 5 % or 20");
  });

  it("adds nothing before the equity is known", () => {
    const { w, at, judge } = start({ pct: "5" });
    w.balances["USDC"] = undefined;
    at("0");
    expect(told(judge([quote("buy", 14_962, 5)]))).toEqual([
      "max-loss: the equity at the start is not known, or nothing",
    ]);
    w.balances["USDC"] = "1000";
    at("0");
    expect(passed(judge([quote("buy", 14_962, 5)]))).toHaveLength(1);
  });

  it("counts each wallet once, coins of spot markets at the mid, and open results", () => {
    const w = world();
    w.positions[far.id] = -10;
    w.holdings[far.id] = holding(-10, "-160"); // 1 SOL sold at 160, now at 150: 10
    const { at, halted } = start({ pct: "10", markets: [perp.id, spot.id, far.id] }, w);
    at("0"); // 1000 USDC + 5 SOL at 150 + 1000 USDT + 10
    at("-275.99");
    expect(halted()).toBeUndefined();
    at("-276");
    expect(halted()).toContain("equity 2484.00 is 10.00 % below 2760.00");
  });

  it("counts from the profit at the moment at which the equity became known", () => {
    const { at, halted } = start({ pct: "5" });
    at("-300"); // of what was taken over
    at("-349");
    expect(halted()).toBeUndefined();
    at("-350");
    expect(halted()).toBeDefined();
  });
});
