import { lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { asking, hold, order, passed, perp, perp2, quote, told, viewOf, world } from "../scene.fixture.ts";
import { ownCross } from "./ownCross.ts";

describe("ownCross", () => {
  it("lets quotes through that do not meet", () => {
    expect(
      passed(asking([ownCross()], world()).judge([quote("buy", 14_999, 1), quote("sell", 15_000, 1)])),
    ).toHaveLength(2);
  });

  it("refuses the later of two wishes that would meet, also of two strategies", () => {
    const judged = asking([ownCross()], world()).judge(
      [quote("buy", 15_000, 1)],
      [quote("sell", 15_000, 1), quote("sell", 15_001, 1)],
    );
    expect(passed(judged)).toEqual(["buy 15000 x 1", "sell 15001 x 1"]);
    expect(told(judged)).toEqual(["own-cross: sell at 150.00 would meet our own buy at 150.00"]);
  });

  it("makes a new order wait for one that still works", () => {
    const w = world();
    w.orders.push(order(quote("sell", 15_000, 1, { slot: "leaving" })));
    const { judge } = asking([ownCross()], w);
    const judged = judge([quote("buy", 15_000, 1), quote("buy", 14_999, 1)]);
    expect(passed(judged)).toEqual(["buy 14999 x 1"]);
    expect(told(judged)).toEqual(["own-cross: buy at 150.00 would meet our own sell that is still working at 150.00"]);
    w.orders.pop();
    expect(passed(judge([quote("buy", 15_000, 1)]))).toHaveLength(1);
  });

  it("lets a reduction win over the quote of another strategy, which first has to go", () => {
    const w = world();
    w.positions[perp.id] = 10;
    const theirs = quote("buy", 14_999, 1);
    w.orders.push(order(theirs, { slot: `b/${theirs.slot}` }));
    const { judge } = asking([ownCross()], w);
    const judged = judge([hold(0, 14_925)], [theirs]);
    expect(passed(judged)).toEqual([]);
    expect(told(judged)).toEqual([
      "own-cross: sell at 149.25 would meet our own buy that is still working at 149.99",
      "own-cross: buy at 149.99 would meet our own sell at 149.25",
    ]);
    w.orders.pop();
    expect(passed(judge([hold(0, 14_925)], [theirs]))).toEqual(["hold 0"]);
  });

  it("S0.29 sees two accounts of one venue as one market", () => {
    const w = world();
    w.orders.push(order(quote("buy", 15_025, 66)));
    w.positions[perp2.id] = 0;
    const { judge } = asking([ownCross()], w);
    const sale = hold(-66, 14_950, { instrument: perp2.id });
    expect(passed(judge([], [sale]))).toEqual([]);
    w.orders.pop();
    expect(passed(judge([], [sale]))).toEqual(["hold -66"]);
    const apart = asking([ownCross((id) => id)], w);
    w.orders.push(order(quote("buy", 15_025, 66)));
    expect(passed(apart.judge([], [sale]))).toEqual(["hold -66"]);
  });

  it("looks at each round anew", () => {
    const { judge } = asking([ownCross()], world());
    judge([quote("buy", 15_000, 1)]);
    expect(passed(judge([quote("sell", 14_990, 1)]))).toHaveLength(1);
  });

  it("takes a hold's side from what its own strategy holds", () => {
    const w = world();
    w.positions[perp.id] = 10;
    const b = viewOf({ ...w, positions: { [perp.id]: -10 } });
    const judged = asking([ownCross()], w).judge([quote("sell", 15_038, 1)], [hold(-5, 15_076)], b);
    expect(judged.approved.map(({ side, size }) => [side, size])).toEqual([["buy", lots(5)]]);
    expect(told(judged)).toEqual(["own-cross: sell at 150.38 would meet our own buy at 150.76"]);
  });
});
