// The rungs of a ladder, to the last tick and lot: S1.1 to S1.10, and what happens without the money: S1.12.
import { Big, toBig } from "@bp/core";
import { funds } from "@bp/risk";
import { describe, expect, it } from "vitest";
import { btc, eth, layBench, sol } from "./bench.ts";

const btcRungs = [
  "60000 x 0.00022",
  "59475 x 0.00033",
  "58950 x 0.00050",
  "58425 x 0.00077",
  "57900 x 0.00116",
  "57375 x 0.00176",
  "56850 x 0.00267",
  "56325 x 0.00405",
  "55800 x 0.00613",
];
const solRungs = [
  "150.00 x 0.08",
  "148.68 x 0.13",
  "147.37 x 0.20",
  "146.06 x 0.30",
  "144.75 x 0.46",
  "143.43 x 0.70",
  "142.12 x 1.07",
  "140.81 x 1.62",
  "139.50 x 2.45",
];
const ethRungs = [
  "3000.00 x 0.0044",
  "2973.75 x 0.0067",
  "2947.50 x 0.0101",
  "2921.25 x 0.0154",
  "2895.00 x 0.0233",
  "2868.75 x 0.0353",
  "2842.50 x 0.0535",
  "2816.25 x 0.0810",
  "2790.00 x 0.1226",
];

/** Cost, quantity and average of rungs as text. */
const sums = (rungs: readonly string[]) => {
  const pairs = rungs.map((each) => each.split(" x ").map(toBig));
  const size = pairs.reduce((sum, [, each]) => sum.plus(each ?? 0), new Big(0));
  const cost = pairs.reduce((sum, [price, each]) => sum.plus((price ?? new Big(0)).times(each ?? 0)), new Big(0));
  return { cost: cost.toFixed(), size: size.toFixed(), average: cost.div(size) };
};

const btcAt60000 = ["59999", "60001", "60000"] as const;
const solAt150 = ["149.99", "150.01", "150.00"] as const;

describe("S1, the rungs", () => {
  it("S1.1 the sample on BTC at 60000 makes nine rungs of 997.39275 USDC and 0.01759 BTC, 56702.26 on average", () => {
    const bench = layBench({ market: btc, price: btcAt60000 });
    bench.run(2_000);
    expect(bench.rungs()).toEqual(btcRungs);
    const { cost, size, average } = sums(bench.rungs());
    expect([cost, size, average.toFixed(2)]).toEqual(["997.39275", "0.01759", "56702.26"]);
    expect(bench.placed().every((each) => each.endsWith("gtx"))).toBe(true);
    bench.run(60_000);
    expect(bench.placed()).toHaveLength(9); // once
    expect(bench.memory().phase).toBe("monitoring");
  });

  it("S1.2 on SOL at 150 it makes nine rungs of 993.562 USDC, 141.735 on average", () => {
    const bench = layBench({ price: solAt150 });
    bench.run(2_000);
    expect(bench.rungs()).toEqual(solRungs);
    const { cost, size, average } = sums(bench.rungs());
    expect([cost, size, average.toFixed(4)]).toEqual(["993.562", "7.01", "141.7350"]);
  });

  it("S1.3 on ETH at 3000 it makes nine rungs of 998.8455 USDC, 2835.2129 on average", () => {
    const bench = layBench({ market: eth, price: ["2999.99", "3000.01", "3000.00"] });
    bench.run(2_000);
    expect(bench.rungs()).toEqual(ethRungs);
    const { cost, size, average } = sums(bench.rungs());
    expect([cost, size, average.toFixed(4)]).toEqual(["998.8455", "0.3523", "2835.2129"]);
  });

  it("S1.4 a price precision of 0 puts ETH's second rung at 2973", () => {
    const bench = layBench({ market: eth, price: ["2999.99", "3000.01", "3000.00"], params: { priceStep: "1" } });
    bench.run(2_000);
    expect(bench.rungs()[1]).toBe("2973.00 x 0.0067");
  });

  it("S1.4 a quantity precision of 0 buys 66 for 13.35 at 0.2", () => {
    const penny = { ...sol, id: "backpack:X_USDC", base: "X" } as const;
    const bench = layBench({
      market: penny,
      price: ["0.19", "0.21", "0.20"],
      balances: { USDC: "1000" },
      params: { totalAmount: "13.35", orderCount: 1, quantityStep: "1" },
    });
    bench.run(2_000);
    expect(bench.rungs()).toEqual(["0.20 x 66.00"]);
  });

  it("S1.5 a growth of 0 makes equal amounts", () => {
    const params = { totalAmount: 500, orderCount: 5, maxDropPct: 4, incrementPct: 0 };
    const bench = layBench({ price: solAt150, params });
    bench.run(2_000);
    expect(bench.rungs()).toEqual([
      "150.00 x 0.66",
      "148.50 x 0.67",
      "147.00 x 0.68",
      "145.50 x 0.68",
      "144.00 x 0.69",
    ]);
    expect(sums(bench.rungs()).cost).toBe("496.755");
  });

  it("S1.6 one rung is at the price, for the whole amount", () => {
    const bench = layBench({ price: solAt150, params: { orderCount: 1 } });
    bench.run(2_000);
    expect(bench.rungs()).toEqual(["150.00 x 6.66"]);
  });

  it("S1.8 a budget of 89 for nine orders of 10 is refused before any order", () => {
    const bench = layBench({ price: solAt150, params: { totalAmount: 89 } });
    bench.run(5_000);
    expect(bench.placed()).toEqual([]);
    expect(bench.engine.view.halted).toMatch(/89 USDC are too little for 9 orders of at least 10 USDC.*at least 90/);
    expect(bench.memory().phase).toBe("stopped");
  });

  it("S1.9 a smallest quantity of 0.001 BTC makes rungs of 60 and more: 500 for nine of them is refused", () => {
    const bench = layBench({
      market: btc,
      price: btcAt60000,
      params: { totalAmount: 500, minQuantity: "0.001", incrementPct: 0 },
    });
    bench.run(5_000);
    expect(bench.placed()).toEqual([]);
    expect(bench.engine.view.halted).toMatch(/at least 60 USDC.*at least 540 USDC before growth/);
  });

  it("S1.10 the first rung rests a tick below the ask when the last price is above it, and nothing takes", () => {
    const bench = layBench({ market: btc });
    bench.book(btc.id, "59995", undefined);
    bench.run(1_000);
    bench.last(btc.id, "60000");
    bench.run(1_000);
    bench.book(btc.id, "59995", "59998");
    bench.run(5_000);
    expect(bench.rungs()).toEqual(["59997 x 0.00022", ...btcRungs.slice(1)]);
    expect(bench.placed().every((each) => each.endsWith("gtx"))).toBe(true);
    expect(bench.memory().lot).toBeUndefined();
  });

  it("S1.12 without the money for the seventh rung six stay, what is needed and there is told once, and nothing is tried again and again", () => {
    const bench = layBench({ price: solAt150, balances: { USDC: "400" }, rules: [funds()] });
    bench.run(120_000);
    expect(bench.rungs()).toEqual(solRungs.slice(0, 6)); // 276.41; the seventh needs 152.07 more
    expect(bench.placed()).toHaveLength(6);
    expect(bench.said("not enough funds: the ladder needs")).toEqual([
      "ladder/funds: not enough funds: the ladder needs 993.56 USDC, 400.00 are available; rungs 7 to 9 wait",
    ]);
    expect(bench.memory().phase).toBe("monitoring");
  });

  it("S1.12 a venue that refuses for want of funds is not asked in a storm either", () => {
    const bench = layBench({ price: solAt150, balances: { USDC: "400" }, params: { reanchorOnNoFill: false } });
    bench.run(60_000);
    expect(bench.rungs()).toEqual(solRungs.slice(0, 6));
    expect(bench.placed().length).toBeLessThan(6 + 3 * 6);
  });
});
