import { describe, expect, it } from "vitest";
import { asking, hold, order, passed, perp2, quote, told, world } from "../scene.fixture.ts";
import { maxOpenOrders } from "./maxOpenOrders.ts";

describe("maxOpenOrders", () => {
  it("counts what works, what is leaving, and what is approved; what stands already stays", () => {
    const w = world();
    const stands = quote("buy", 14_962, 5);
    w.orders.push(order(stands), order(quote("buy", 14_900, 5, { slot: "leaving" })));
    const { judge } = asking([maxOpenOrders({ total: 3 })], w);
    const judged = judge([quote("sell", 15_038, 5), quote("sell", 15_040, 5), stands, hold(9)]);
    expect(passed(judged)).toEqual(["hold 9", "sell 15038 x 5", "buy 14962 x 5"]);
    expect(told(judged)).toEqual(["max-open-orders: at most 3 orders may rest"]);
  });

  it("counts per market where asked to", () => {
    const { judge } = asking([maxOpenOrders({ perInstrument: 1 })], world());
    const elsewhere = quote("sell", 15_039, 5, { instrument: perp2.id });
    const judged = judge([quote("sell", 15_038, 5), elsewhere, quote("sell", 15_040, 5)]);
    expect(passed(judged)).toEqual(["sell 15038 x 5", "sell 15039 x 5"]);
    expect(told(judged)).toEqual(["max-open-orders: at most 1 orders may rest in backpack:SOL_USDC_PERP"]);
  });
});
