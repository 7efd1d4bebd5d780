import { clientId, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { asking, hold, order, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { orderRate } from "./orderRate.ts";

describe("orderRate", () => {
  const three = (count = 3) => Array.from({ length: count }, (_, at) => quote("buy", 14_900 - at, 1));

  it("counts the new orders of one round", () => {
    const judged = asking([orderRate(2, 1_000)], world()).judge(three());
    expect(passed(judged)).toEqual(["buy 14900 x 1", "buy 14899 x 1"]);
    expect(told(judged)).toEqual(["order-rate: at most 2 new orders in 1000 ms"]);
  });

  it("counts what the venue has answered for until the window is over, each order once", () => {
    const w = world();
    const { judge, tell } = asking([orderRate(2, 1_000)], w);
    tell({ type: "order.accepted", clientId: 7 });
    tell({ type: "order.accepted", clientId: 7 });
    tell({ type: "order.filled", clientId: 7 });
    expect(passed(judge(three()))).toHaveLength(1);
    tell({ type: "order.rejected", clientId: 8 });
    expect(passed(judge(three()))).toHaveLength(0);
    w.now += 1_000;
    expect(passed(judge(three()))).toHaveLength(2);
  });

  it("counts an order that filled before it was accepted, and not one that was accepted long ago", () => {
    const w = world();
    const { judge, tell } = asking([orderRate(2, 1_000)], w);
    tell({ type: "order.accepted", clientId: 7 });
    w.now += 5_000;
    tell({ type: "order.filled", clientId: 7 });
    expect(passed(judge(three()))).toHaveLength(2);
    tell({ type: "order.filled", clientId: 9 });
    tell({ type: "order.accepted", clientId: 9 });
    expect(passed(judge(three()))).toHaveLength(1);
    tell({ type: "order.filled", clientId: undefined });
    expect(passed(judge(three()))).toHaveLength(1);
  });

  it("counts an order whose acceptance was lost, though a later one was accepted before", () => {
    const { judge, tell } = asking([orderRate(4, 1_000)], world());
    tell({ type: "order.accepted", clientId: 9 });
    tell({ type: "order.cancelled", clientId: 7 });
    tell({ type: "account.snapshot", orders: [{ clientId: 8 }, { clientId: 9 }, { clientId: undefined }] });
    expect(passed(judge(three()))).toHaveLength(1);
  });

  it("counts no order of before because a stranger's number is told", () => {
    const w = world();
    const { judge, tell } = asking([orderRate(3, 1_000)], w);
    tell({ type: "order.filled", clientId: 4_000_000_000 });
    w.now += 5_000;
    tell({ type: "order.accepted", clientId: 9 });
    tell({ type: "order.filled", clientId: 8 });
    expect(passed(judge(three()))).toHaveLength(1);
  });

  it("counts what is still on the wire", () => {
    const w = world();
    const sent = quote("sell", 15_100, 1);
    w.orders.push(order(sent, { state: "placing", placedAt: millis(w.now) }));
    expect(passed(asking([orderRate(2, 1_000)], w).judge([sent, ...three()]))).toEqual([
      "sell 15100 x 1",
      "buy 14900 x 1",
    ]);
  });

  it("counts the last orders before the bot was away as sent when it came back, whatever its clock says", () => {
    const w = world();
    const { judge, tell } = asking([orderRate(4, 1_000)], w);
    tell({ type: "order.accepted", clientId: 6 });
    w.now += 2_000;
    tell({ type: "order.accepted", clientId: 7 });
    w.orders.push(
      order(quote("sell", 15_100, 1), { clientId: clientId(8), state: "placing", placedAt: millis(w.now) }),
    );
    w.now += 1_500;
    tell({ type: "link.lost", venue: "backpack", stream: "account", why: "restarted", resumed: true });
    tell({ type: "order.accepted", clientId: 8 });
    expect(passed(judge(three()))).toHaveLength(2);
    w.now += 999;
    expect(passed(judge(three()))).toHaveLength(2);
    w.now += 1;
    expect(passed(judge(three()))).toHaveLength(3);
  });

  it("never starves a reduction, nor what stands already", () => {
    const w = world();
    w.positions[perp.id] = 50;
    const stands = quote("buy", 14_962, 1);
    w.orders.push(order(stands));
    const { judge, tell } = asking([orderRate(1, 1_000)], w);
    tell({ type: "order.accepted", clientId: 1 });
    expect(passed(judge([stands, quote("buy", 14_900, 1), hold(0)]))).toEqual(["hold 0", "buy 14962 x 1"]);
  });
});
