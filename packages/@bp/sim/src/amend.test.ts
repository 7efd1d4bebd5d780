import { lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { order, perp, purse, spot, taken, trial } from "./trial.fixture.ts";

const mine = { instrument: spot.id, clientId: "mine" };

/** Alice bids 1 SOL at 99, before somebody else's 1. */
function bidding() {
  const stage = trial();
  const placed = taken(stage.limit("alice", "buy", 9_900, 100, { clientId: "mine" }));
  stage.other("buy", 9_900, 100);
  stage.heard();
  return { ...stage, placed };
}

describe("amend", () => {
  it("keeps id and place when only the size shrinks", () => {
    const { exchange, placed, other, heard } = bidding();
    expect(exchange.amend("alice", mine, { size: lots(60) })).toMatchObject({
      ok: true,
      order: { id: placed.id, size: 60, price: 9_900, status: "new" },
    });
    expect(heard()).toEqual(["order-amended", "balance", "depth"]);
    expect(purse(exchange, "alice", "USDC").locked).toBe("59.4");
    other("sell", 9_900, 30);
    expect(exchange.fills("alice")).toMatchObject([{ orderId: placed.id, size: 30 }]);
  });

  it("goes to the back when it grows, or to another price", () => {
    const { exchange, other } = bidding();
    taken(exchange.amend("alice", mine, { size: lots(120) }));
    expect(purse(exchange, "alice", "USDC").locked).toBe("118.8");
    other("sell", 9_900, 100);
    expect(exchange.fills("alice")).toEqual([]);
    taken(exchange.amend("alice", mine, { price: ticks(9_950) }));
    expect(exchange.book(spot.id)).toMatchObject({ bids: [[9_950, 120]] });
    expect(purse(exchange, "alice", "USDC").locked).toBe("119.4");
  });

  it("trades at once when the new price crosses", () => {
    const { exchange, other, placed, heard } = bidding();
    other("sell", 10_000, 70);
    heard();
    expect(taken(exchange.amend("alice", mine, { price: ticks(10_000) }))).toMatchObject({
      id: placed.id,
      status: "partially-filled",
      filled: 70,
    });
    expect(heard()).toEqual(["order-amended", "trade", "order-filled", "balance", "balance", "depth"]);
    expect(exchange.book(spot.id)).toMatchObject({
      bids: [
        [10_000, 30],
        [9_900, 100],
      ],
      asks: [],
    });
    expect(exchange.fills("alice")).toMatchObject([{ liquidity: "taker", price: 10_000, size: 70 }]);
  });

  it("leaves the order as it was when it is refused", () => {
    const { exchange, other, limit, heard } = bidding();
    other("sell", 9_900, 40);
    other("sell", 10_000, 10);
    taken(limit("alice", "buy", 9_800, 10, { clientId: "post", postOnly: true }));
    const before = exchange.openOrders("alice");
    heard();
    const refusal = (which: object, change: object) => {
      const result = exchange.amend("alice", { instrument: spot.id, ...which }, change);
      return result.ok ? "taken" : result.refusal;
    };
    expect(refusal(mine, { size: lots(40) })).toBe("bad-size"); // 40 are filled
    expect(refusal(mine, { size: lots(1_000_000) })).toBe("no-funds");
    expect(refusal(mine, { price: 0 })).toBe("bad-price");
    expect(refusal({ clientId: "post" }, { price: ticks(10_000) })).toBe("would-take");
    expect(refusal({ clientId: "nobody" }, { size: lots(1) })).toBe("not-found");
    expect(exchange.openOrders("alice")).toEqual(before);
    expect(heard()).toEqual([]);
    expect(exchange.book(spot.id)).toMatchObject({
      bids: [
        [9_900, 160],
        [9_800, 10],
      ],
    });
  });

  it("asks a perpetual's order for the margin of the difference only", () => {
    const { exchange } = trial({ accounts: [{ name: "alice", balances: { USDC: "1000" }, leverage: 10 }] });
    const request = order(perp.id, "buy", 10_000, 9_000, { clientId: 7 });
    taken(exchange.place("alice", request)); // 900 of 1,000
    const which = { instrument: perp.id, clientId: 7 };
    expect(exchange.amend("alice", which, { size: lots(10_001) })).toMatchObject({ refusal: "no-margin" });
    taken(exchange.amend("alice", which, { size: lots(10_000) }));
    expect(exchange.margin("alice")).toMatchObject({ initial: "1000", available: "0" });
    taken(exchange.amend("alice", which, { size: lots(1_000) }));
    expect(exchange.margin("alice").initial).toBe("100");
  });
});

describe("whenCrossing", () => {
  it("accepts a post-only order that would take and lets it expire", () => {
    const { exchange, limit, other, heard } = trial();
    other("sell", 10_000, 100);
    heard();
    expect(limit("alice", "buy", 10_000, 10, { postOnly: true })).toMatchObject({ refusal: "would-take" });
    expect(taken(limit("alice", "buy", 10_000, 10, { postOnly: true, whenCrossing: "expire" }))).toMatchObject({
      status: "expired",
      expiry: "would-take",
    });
    expect(heard()).toEqual(["order-accepted", "order-expired", "balance"]);
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "10000", locked: "0" });
  });
});
