import { describe, expect, it } from "vitest";
import { asking, hold, holding, order, passed, perp, perpB, quote, spot, told, world } from "../scene.fixture.ts";
import { liquidation } from "./liquidation.ts";

const rule = liquidation({ markets: [perp.id, perpB.id, spot.id], refusePct: 20, haltPct: 10 });

describe("liquidation", () => {
  it("refuses what would leave too little between mark and liquidation", () => {
    const { judge } = asking([rule], world());
    // 1000 carry 31.746 SOL from 150 down to 120: (31.746 × 150 − 1000) / (31.746 × 0.9875)
    const last = (size: number) => passed(judge([quote("buy", 15_000, size)])).length === 1;
    expect([last(3_174), last(3_175)]).toEqual([true, false]);
    expect(told(judge([quote("buy", 15_000, 4_000, { slot: "more" })]))[0]).toBe(
      "liquidation: backpack:SOL_USDC_PERP would be liquidated at 126.5823, 15.61 % from the mark of 150.0000 if this fills, at least 20 %",
    );
  });

  it("counts what works, what the price costs, other positions, and what is not ours", () => {
    const most = (change: (w: ReturnType<typeof world>) => unknown, price = 15_000) => {
      const w = world();
      change(w);
      let [low, high] = [0, 10_000];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (passed(asking([rule], w).judge([quote("buy", price, middle)])).length === 1) low = middle;
        else high = middle;
      }
      return low;
    };
    const alone = most(() => undefined);
    expect(alone).toBe(3_174);
    expect(most((w) => w.orders.push(order(quote("buy", 15_000, 1_000, { slot: "leaving" }))))).toBe(2_174);
    expect(most((w) => Object.assign(w.externals, { [perp.id]: 174 }))).toBe(3_000);
    expect(most((w) => Object.assign(w.positions, { [perpB.id]: -1_000 }))).toBe(3_115); // which needs 18.75 to stay open
    expect(most(() => undefined, 15_500)).toBeLessThan(alone);
  });

  it("refuses a small short in an account that is due at every price because of another position", () => {
    const w = world();
    w.balances["USDC"] = "5";
    w.externals[perp.id] = -493; // 9.24 to stay open
    w.positions[perpB.id] = 10;
    w.holdings[perpB.id] = holding(10, "15");
    const judged = asking([rule], w).judge([hold(-3, 14_800, { instrument: perpB.id })]);
    expect(passed(judged)).toEqual([]);
    expect(told(judged)[0]).toContain("would be liquidated at 0.0000, -100.00 % from the mark");
  });

  it("halts when less is left than the second bound, as things are", () => {
    const w = world();
    w.positions[perp.id] = -4_000;
    w.holdings[perp.id] = holding(-4_000, "-6000");
    const { halted, judge } = asking([rule], w);
    expect(halted()).toBeUndefined(); // at 172.84: 15.2 %
    w.mark = { price: 15_800, at: w.now };
    expect(halted()).toBe(
      "liquidation: backpack:SOL_USDC_PERP would be liquidated at 172.8395, 9.39 % from the mark of 158.0000, at least 10 %",
    );
    expect(passed(judge([hold(0, 15_900), quote("buy", 15_700, 4_001)]))).toEqual(["hold 0"]);
    expect(passed(judge([quote("buy", 15_700, 4_000)]))).toEqual(["buy 15700 x 4000"]);
  });

  it("adds nothing while something is unknown, and halts for nothing that is not known", () => {
    const w = world();
    w.balances["USDC"] = undefined;
    w.positions[perp.id] = 100_000;
    const { judge, halted } = asking([rule], w);
    expect(told(judge([quote("buy", 14_962, 1)]))).toEqual(["liquidation: the margin of backpack is not known"]);
    expect(halted()).toBeUndefined();
    expect(passed(judge([quote("buy", 14_962, 1, { instrument: spot.id })]))).toHaveLength(1);
  });
});
