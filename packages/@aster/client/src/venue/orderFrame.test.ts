import { instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/venue.ts";
import { orderTradeUpdate } from "../streams/user/orderTradeUpdate.ts";
import { orderFrameOf } from "./orderFrame.ts";

const eth = instrument({
  id: "aster-futures:ETHUSDT",
  kind: "perp",
  base: "ETH",
  quote: "USDT",
  tickSize: "0.10",
  lotSize: "0.001",
});
const event = (name: string, change: object = {}) => {
  const sample = fixture(`futures-ws-user-ORDER_TRADE_UPDATE-${name}.json`) as { readonly o: object };
  return orderTradeUpdate.parse({ ...sample, o: { ...sample.o, ...change } }).o;
};

describe("orderFrameOf", () => {
  it("reads a fill: this trade, all so far in base, fee and role", () => {
    const frame = orderFrameOf(event("trade", { c: "bp-77" }), eth);
    expect(frame).toMatchObject({ venueOrderId: "22542179", clientId: 77, venueAt: 1768551627708 });
    expect(frame.news).toMatchObject({
      type: "filled",
      fill: {
        tradeId: "698759",
        price: 33_001,
        size: 4,
        total: 4,
        fee: "0.00132004",
        feeAsset: "USDT",
        liquidity: "maker",
      },
    });
  });

  it("takes orders of strangers for external ones", () => {
    expect(orderFrameOf(event("trade"), eth).clientId).toBeUndefined();
    const liquidation = orderFrameOf(event("trade", { c: "autoclose-176", x: "CALCULATED", X: "FILLED" }), eth);
    expect([liquidation.clientId, liquidation.news.type]).toEqual([undefined, "filled"]);
  });

  it("tells a post-only order that would take by its kind", () => {
    const { news } = orderFrameOf(event("gtx-expired.synthetic", { c: "bp-77" }), eth);
    if (news.type !== "ended") throw new Error(news.type);
    expect([news.executed, news.endingOf("gtx")]).toEqual([
      0,
      { type: "order.expired", reason: "would-take", text: "EXPIRED" },
    ]);
  });

  it("does not take the end of a conditional order for its end: it may have been triggered", () => {
    const { news } = orderFrameOf(event("gtx-expired.synthetic", { o: "STOP", ot: "STOP" }), eth);
    expect(news.type).toBe("unsure");
  });

  it("asks for a snapshot when it is told what it does not understand", () => {
    expect(orderFrameOf(event("trade", { x: "AMENDMENT", X: "NEW", l: "0", t: 0 }), eth).news.type).toBe("changed");
    expect(orderFrameOf(event("trade", { x: "NEW", X: "NEW", l: "0", t: 0 }), eth).news.type).toBe("accepted");
  });

  it("refuses figures off the grid", () => {
    const read = () => orderFrameOf(event("trade", { L: "3300.15" }), eth);
    expect(read).toThrow(expect.objectContaining({ code: "grid/off-grid" }));
  });
});
