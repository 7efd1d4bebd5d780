import { describe, expect, it } from "vitest";
import { asking, hold, passed, perp, perp2, quote, told, world } from "../scene.fixture.ts";
import { maxNotional } from "./maxNotional.ts";

describe("maxNotional", () => {
  it("trims an order to what it may be worth, exactly", () => {
    const { judge } = asking([maxNotional({ perOrder: "150" })], world());
    expect(passed(judge([quote("buy", 15_000, 100)]))).toEqual(["buy 15000 x 100"]);
    const judged = judge([quote("buy", 15_000, 101), quote("sell", 15_001, 100)]);
    expect(passed(judged)).toEqual(["buy 15000 x 100", "sell 15001 x 99"]);
    expect(told(judged)[0]).toBe("max-notional: an order may be worth at most 150 USDC");
  });

  it("has a large reduction worked in pieces", () => {
    const w = world();
    w.positions[perp.id] = 600;
    expect(passed(asking([maxNotional({ perOrder: "150" })], w).judge([hold(0, 15_000)]))).toEqual(["hold 500"]);
  });

  it("refuses what cannot be made small enough", () => {
    expect(passed(asking([maxNotional({ perOrder: "1" })], world()).judge([quote("buy", 15_000, 1)]))).toEqual([]);
  });

  it("limits the worst cases of all markets together", () => {
    const w = world();
    w.positions[perp2.id] = -200; // 300 at the mid of 150
    const { judge } = asking([maxNotional({ total: "600", markets: [perp.id, perp2.id] })], w);
    const judged = judge([quote("buy", 15_000, 150), quote("buy", 14_990, 150), quote("sell", 15_010, 150)]);
    expect(passed(judged)).toEqual(["buy 15000 x 150", "buy 14990 x 50", "sell 15010 x 150"]);
    expect(told(judged)[0]).toBe("max-notional: everything together may be worth at most 600 USDC");
    expect(passed(judge([hold(-100, 15_100, { instrument: perp2.id })]))).toEqual(["hold -100"]);
  });

  it("lets only reductions through while something is unknown", () => {
    const w = world();
    const { judge } = asking([maxNotional({ total: "600", markets: [perp.id, perp2.id] })], w);
    w.positions[perp2.id] = undefined;
    expect(told(judge([quote("buy", 15_000, 1)]))).toEqual(["max-notional: what is held is not known"]);
    w.positions[perp.id] = 5;
    expect(passed(judge([hold(0)]))).toEqual(["hold 0"]);
  });

  it("limits the worst case of a single market, and says which limit was the nearer one", () => {
    const w = world();
    w.positions[perp.id] = 100; // 150 at the mid of 150
    const limits = { perMarket: { [perp.id]: "300" }, total: "1000", markets: [perp.id, perp2.id] };
    const { judge } = asking([maxNotional(limits)], w);
    const judged = judge([quote("buy", 15_000, 150), quote("sell", 15_010, 150)]);
    expect(passed(judged)).toEqual(["buy 15000 x 100", "sell 15010 x 150"]);
    expect(told(judged)).toEqual([`max-notional: all of ${perp.id} may be worth at most 300 USDC`]);
    expect(passed(judge([quote("buy", 15_000, 150, { instrument: perp2.id })]))).toEqual(["buy 15000 x 150"]);
    w.positions[perp.id] = undefined;
    expect(told(judge([quote("buy", 15_000, 1)]))).toEqual(["max-notional: what is held is not known"]);
    w.positions[perp2.id] = undefined;
    const alone = asking([maxNotional({ perMarket: { [perp2.id]: "300" } })], w);
    expect(passed(alone.judge([quote("buy", 15_000, 150)]))).toEqual(["buy 15000 x 150"]);
  });
});
