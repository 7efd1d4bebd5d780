import { describe, expect, it } from "vitest";
import { asking, hold, order, passed, perp, quote, spot, told, world } from "../scene.fixture.ts";
import { maxPosition } from "./maxPosition.ts";

describe("maxPosition", () => {
  const rule = maxPosition({ [perp.id]: "1" });

  it("trims what could go beyond the limit if everything fills, and refuses the rest", () => {
    const w = world();
    w.positions[perp.id] = 30;
    w.orders.push(order(quote("buy", 14_900, 20, { slot: "leaving" })));
    const judged = asking([rule], w).judge([
      quote("buy", 14_962, 40),
      quote("buy", 14_960, 40),
      quote("sell", 15_038, 100),
    ]);
    expect(passed(judged)).toEqual(["buy 14962 x 40", "buy 14960 x 10", "sell 15038 x 100"]);
    expect(told(judged)).toEqual(["max-position: 0.30 SOL held, at most 1 allowed; room to buy 0.10"]);
    expect(passed(asking([rule], w).judge([quote("buy", 14_962, 50), quote("buy", 14_960, 1)]))).toEqual([
      "buy 14962 x 50",
    ]);
  });

  it("trims holds as well, on either side", () => {
    const { judge } = asking([rule], world());
    expect(passed(judge([hold(150)]))).toEqual(["hold 100"]);
    expect(passed(judge([hold(-150)]))).toEqual(["hold -100"]);
  });

  it("lets a reduction through from far beyond the limit, and nothing more", () => {
    const w = world();
    w.positions[perp.id] = -600;
    const judged = asking([rule], w).judge([hold(-100), quote("sell", 15_038, 1)]);
    expect(passed(judged)).toEqual(["hold -100"]);
  });

  it("lets nothing through that may add while the position is unknown, and knows no limit for other markets", () => {
    const w = world();
    w.positions[perp.id] = undefined;
    expect(told(asking([rule], w).judge([quote("buy", 14_962, 1)]))).toEqual([
      `max-position: the position in ${perp.id} is unknown`,
    ]);
    expect(passed(asking([rule], w).judge([quote("buy", 14_962, 900, { instrument: spot.id })]))).toHaveLength(1);
  });
});
