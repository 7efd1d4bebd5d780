// What is off by default: a profit that trails, a stop, an adopted position; and what a thin wallet of one's own is safe from.
import { decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { type Bench, layBench, sol, solPerp } from "./bench.ts";

const second = 1_000;

/** SOL's first rung filled: 0.08 at 150.00. Break-even is 150.2702, the profit at 150.58. */
const oneRung = (params: Readonly<Record<string, unknown>>, market = solPerp): Bench => {
  const bench = layBench({ market, price: ["149.99", "150.01", "150.00"], params });
  bench.run(2 * second);
  bench.price("149.49", "149.51", "149.50");
  bench.run(2 * second);
  expect(bench.memory().lot?.size.toFixed()).toBe("0.08");
  return bench;
};
const around = (bench: Bench, price: number) => {
  bench.price((price - 0.01).toFixed(2), (price + 0.01).toFixed(2), price.toFixed(2));
  bench.run(2 * second);
};

describe("S1, what is off by default", () => {
  it("a trailing profit follows the price up and sells when it has come back by its share", () => {
    const bench = oneRung({ trailTakeProfitPct: "0.5" });
    for (const price of [150.6, 152, 154, 153.5]) around(bench, price);
    expect(bench.memory()).toMatchObject({ phase: "monitoring", peak: 15_400 });
    around(bench, 153.23); // 0.5 % below 154.00
    expect(bench.memory().lastCycle).toMatchObject({ why: "trailing take profit" });
    expect(bench.memory().lastCycle?.received.toFixed()).toBe("12.2576"); // 0.08 at the bid of 153.22
  });

  it("a trailing profit that falls through its price at once is still not sold below break-even", () => {
    const bench = oneRung({ trailTakeProfitPct: "0.5" });
    around(bench, 151);
    around(bench, 150.1);
    bench.run(60 * second);
    expect(bench.open(solPerp.id)).toEqual(["sell 0.08 @ 150.58"]);
    expect(bench.position(solPerp.id)).toBe("0.08");
  });

  it("without it the profit is taken at its price", () => {
    const bench = oneRung({});
    around(bench, 150.6);
    expect(bench.memory().lastCycle).toMatchObject({ why: "take profit" });
  });

  it("a stop loss sells within the cap when the price is so far below the average, and waits for a person", () => {
    const bench = oneRung({ stopLossPct: "0.8" });
    around(bench, 148.82);
    expect(bench.position(solPerp.id)).toBe("0.08");
    around(bench, 148.8); // 0.8 % below 150.00
    expect(bench.memory()).toMatchObject({ phase: "stopped", lastCycle: { why: "stop loss" } });
    expect(bench.placed().at(-1)).toBe("sell 0.08 @ 148.05 ioc reduce-only");
    expect(bench.rungs()).toEqual([]);
    expect(bench.engine.view.halted).toContain("stop loss");
  });

  it("a stop comes through while an offer for profit rests, and the two are never there together", () => {
    const bench = oneRung({ stopLossPct: "0.8" });
    bench.book(solPerp.id, [["149.00", "500"]], "150.60");
    bench.last(solPerp.id, "150.60");
    bench.run(5 * second);
    expect(bench.open(solPerp.id)).toEqual(["sell 0.08 @ 150.58"]);
    around(bench, 148.8);
    bench.run(5 * second);
    expect(bench.position(solPerp.id)).toBe("0.00");
    expect(bench.memory().lastCycle?.sold.toFixed()).toBe("0.08");
  });

  it("without it a loss is held", () => {
    const bench = oneRung({});
    around(bench, 148.8);
    bench.run(600 * second);
    expect(bench.position(solPerp.id)).toBe("0.08");
    expect(bench.memory().phase).toBe("monitoring");
  });

  it("sells its own inventory only: the wallet's own SOL stay", () => {
    const bench = oneRung({}, sol);
    around(bench, 160);
    bench.run(2 * second);
    const [sold] = bench.placed().filter((each) => each.startsWith("sell"));
    expect(sold).toMatch(/^sell 0\.07 @ /); // 0.08 less the fee in SOL
    expect(bench.memory().lastCycle?.sold.toFixed()).toBe("0.07");
    expect(Number(bench.balance("backpack", "SOL"))).toBeGreaterThan(500);
  });

  it("an adopted position is part of the first cycle, with its cost", () => {
    const bench = layBench({ market: solPerp, existing: "adopt", params: { takeProfitPct: "1" } });
    bench.book(solPerp.id, "149.99", "150.00");
    const order = { type: "limit", tif: "ioc", postOnly: false, reduceOnly: false, side: "buy" } as const;
    bench.exchange("backpack").place("backpack", {
      ...order,
      instrument: solPerp.id,
      price: 15_000 as never, // ticks
      size: 100 as never, // lots
      selfTradePrevention: "reject-taker",
    });
    bench.price("149.99", "150.01", "150.00");
    bench.run(5 * second);
    expect(bench.memory().lot?.size.toFixed()).toBe("1");
    expect(bench.memory().lot?.cost.toFixed()).toBe("150");
    around(bench, 152);
    expect(bench.memory().lastCycle?.sold.gte("1")).toBe(true);
  });

  it("a stop of which less is left than the market takes at its cap is over, and the rest is told as dust", () => {
    const bench = layBench({
      market: { ...sol, minNotional: decimal("5.93") },
      price: ["149.99", "150.01", "150.00"],
      params: { stopLossPct: "0.5", orderCount: 1 },
    });
    bench.run(2 * second);
    bench.price("149.49", "149.51", "149.50"); // 6.66 at 150.00; the stop is at 149.25
    bench.run(2 * second);
    bench.book(
      sol.id,
      [
        ["149.24", "6.61"],
        ["148.49", "500"], // 0.04 are left: 5.9396 at this bid, 5.91 at the cap of 147.75
      ],
      "149.26",
    );
    bench.last(sol.id, "149.25");
    bench.run(20 * second);
    expect(bench.placed().filter((each) => each.startsWith("sell"))).toEqual(["sell 6.65 @ 148.50 ioc"]);
    expect(bench.memory()).toMatchObject({ phase: "stopped", lastCycle: { why: "stop loss" } });
  });
});
