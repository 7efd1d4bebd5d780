import { lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { asking, hold, holding, order, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { sizeFactors } from "./sizeFactors.ts";

const start = () => {
  const w = world();
  const s = asking([sizeFactors({ markets: [perp.id] })], w);
  const at = (profit: string) => {
    w.profit = profit;
    s.tell({ type: "mark.changed" });
  };
  at("0");
  return { w, at, ...s };
};
const buy = quote("buy", 15_000, 50);

describe("sizeFactors", () => {
  it("S4.27 MEDIUM from 10 % below the highest: 0.8 of the size; HIGH 0.5; CRITICAL 0.2", () => {
    const { at, judge } = start();
    const size = () => passed(judge([buy]));
    at("1000"); // the highest: 2000
    at("800.01");
    expect(size()).toEqual(["buy 15000 x 50"]);
    at("800");
    expect(size()).toEqual(["buy 15000 x 40"]);
    at("700");
    expect(size()).toEqual(["buy 15000 x 25"]);
    at("600");
    expect(size()).toEqual(["buy 15000 x 10"]);
    at("1000");
    expect(size()).toEqual(["buy 15000 x 50"]);
  });

  it("says the level and the figures", () => {
    const { at, judge } = start();
    at("-155");
    expect(told(judge([buy]))).toEqual([
      "size-factors: HIGH: equity is 15.50 % below its highest, new orders are 0.5 of their size",
    ]);
  });

  it("S4.27 leaves orders that work alone, and shrinks the one that replaces them", () => {
    const { w, at, judge } = start();
    w.orders.push(order(buy));
    at("-100");
    expect(passed(judge([buy]))).toEqual(["buy 15000 x 50"]);
    expect(passed(judge([{ ...buy, price: quote("buy", 14_999, 50).price }]))).toEqual(["buy 14999 x 40"]);
    w.orders[0] = order(buy, { size: lots(40) }); // as it was placed after the fall
    at("0");
    expect(passed(judge([buy]))).toEqual(["buy 15000 x 50"]); // kept: what is left of it is not above the wish
  });

  it("touches no reduction and no hold", () => {
    const { w, at, judge } = start();
    w.positions[perp.id] = 50;
    w.holdings[perp.id] = holding(50, "75");
    at("-200");
    expect(passed(judge([hold(20), quote("sell", 15_038, 20)]))).toEqual(["hold 20", "sell 15038 x 20"]);
    expect(passed(judge([hold(90, 15_076)]))).toEqual(["hold 90"]);
  });

  it("refuses where less is left than the market takes", () => {
    const { at, judge } = start();
    at("-200");
    expect(passed(judge([quote("buy", 15_000, 4)]))).toEqual([]);
  });

  it("takes other levels", () => {
    const w = world();
    const levels = [{ name: "LOW", downPct: "1", factor: "0" }];
    const { tell, judge } = asking([sizeFactors({ markets: [perp.id], levels })], w);
    tell({ type: "timer.fired" });
    w.profit = "-10";
    tell({ type: "timer.fired" });
    expect(passed(judge([buy]))).toEqual([]);
  });
});
