import { describe, expect, it } from "vitest";
import { asking, hold, order, passed, perp, perpB, quote, spot, told, world } from "../scene.fixture.ts";
import { maxLeverage } from "./maxLeverage.ts";

const rule = maxLeverage(3, [perp.id, perpB.id]);

describe("maxLeverage", () => {
  it("trims to a multiple of the equity, over all markets of the wallet", () => {
    const w = world();
    expect(passed(asking([rule], w).judge([quote("buy", 15_000, 2_500)]))).toEqual(["buy 15000 x 2000"]); // 3,000
    w.positions[perpB.id] = -500;
    w.orders.push(order(quote("buy", 15_000, 500, { slot: "leaving" })));
    const judged = asking([rule], w).judge([quote("buy", 15_000, 2_500)]);
    expect(passed(judged)).toEqual(["buy 15000 x 1000"]);
    expect(told(judged)).toEqual([
      "max-leverage: equity of 1000.00 USDC at backpack may carry 3 times as much: room to buy 10.00 SOL",
    ]);
  });

  it("lets reductions pass with nothing to carry them, and spot", () => {
    const w = world();
    w.positions[perp.id] = 5;
    w.balances["USDC"] = "0";
    const { judge } = asking([rule], w);
    expect(passed(judge([quote("buy", 14_962, 1), hold(0)]))).toEqual(["hold 0"]);
    expect(passed(judge([quote("buy", 14_962, 1, { instrument: spot.id })]))).toHaveLength(1);
  });

  it("adds nothing while something is unknown", () => {
    const w = world();
    w.positions[perpB.id] = undefined;
    expect(told(asking([rule], w).judge([quote("buy", 14_962, 1)]))).toEqual([
      "max-leverage: the equity at backpack is not known",
    ]);
  });
});
