import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { marketOrder, order, perp, purse, spot, start, taken, trial } from "./trial.fixture.ts";

/** Alice in hedge mode with 2 SOL long at 100 and 1 SOL short at 101. */
function hedged() {
  const stage = trial();
  const { exchange, market } = stage;
  market.hands.mark(perp.id, 10_000, 10_000);
  expect(exchange.setPositionMode("alice", "hedge")).toEqual({ ok: true });
  market.hands.place(order(perp.id, "sell", 10_000, 200));
  taken(exchange.place("alice", order(perp.id, "buy", 10_000, 200, { positionSide: "long" })));
  market.hands.place(order(perp.id, "buy", 10_100, 100));
  taken(exchange.place("alice", order(perp.id, "sell", 10_100, 100, { positionSide: "short" })));
  return stage;
}

describe("hedge mode", () => {
  it("holds a long and a short position side by side", () => {
    const { exchange } = hedged();
    expect(exchange.positions("alice")).toMatchObject([
      { instrument: perp.id, positionSide: "long", size: 200, cost: "200", unrealized: "0", leverage: 10 },
      { instrument: perp.id, positionSide: "short", size: -100, cost: "-101", unrealized: "1" },
    ]);
    // fees 0.05 % of 200 and of 101; initial 10 % of 200 and of 100: sides do not net
    expect(purse(exchange, "alice", "USDC").total).toBe("9999.8495");
    expect(exchange.margin("alice")).toMatchObject({ equity: "10000.8495", initial: "30", maintenance: "3.75" });
    expect(exchange.fills("alice").map(({ positionSide, realized }) => [positionSide, realized])).toEqual([
      ["long", "0"],
      ["short", "0"],
    ]);
  });

  it("closes a side with the other way, never more than it holds", () => {
    const { exchange, market } = hedged();
    expect(exchange.place("alice", order(perp.id, "sell", 10_000, 201, { positionSide: "long" }))).toMatchObject({
      refusal: "reduce-only",
    });
    expect(exchange.place("alice", order(perp.id, "buy", 10_000, 101, { positionSide: "short" }))).toMatchObject({
      refusal: "reduce-only",
    });
    const before = exchange.margin("alice").initial;
    const resting = taken(exchange.place("alice", order(perp.id, "sell", 10_200, 200, { positionSide: "long" })));
    expect(exchange.margin("alice").initial).toBe(before); // a close asks for nothing
    market.hands.place(order(perp.id, "buy", 10_150, 150));
    taken(exchange.place("alice", marketOrder(perp.id, "sell", { size: 150 }, { positionSide: "long" })));
    expect(exchange.fills("alice").at(-1)).toMatchObject({ positionSide: "long", realized: "2.25" });
    expect(exchange.order("alice", { instrument: perp.id, id: resting.id })).toMatchObject({ size: 50 });
    expect(exchange.positions("alice")).toMatchObject([{ size: 50 }, { positionSide: "short", size: -100 }]);
  });

  it("wants a side, and no reduce-only flag; one-way mode and spot want none", () => {
    const { exchange } = hedged();
    expect(exchange.place("alice", order(perp.id, "buy", 9_000, 10))).toMatchObject({ refusal: "position-side" });
    expect(
      exchange.place("alice", order(perp.id, "sell", 11_000, 10, { positionSide: "long", reduceOnly: true })),
    ).toMatchObject({ refusal: "bad-request" });
    expect(exchange.place("bob", order(perp.id, "buy", 9_000, 10, { positionSide: "long" }))).toMatchObject({
      refusal: "position-side",
    });
    expect(exchange.place("alice", order(spot.id, "buy", 9_000, 10, { positionSide: "long" }))).toMatchObject({
      refusal: "position-side",
    });
    expect(exchange.place("alice", order(spot.id, "buy", 9_000, 10)).ok).toBe(true);
  });

  it("is set only without open orders and positions", () => {
    const { exchange } = hedged();
    expect(exchange.positionMode("alice")).toBe("hedge");
    expect(exchange.setPositionMode("alice", "one-way")).toMatchObject({ ok: false, refusal: "open-positions" });
    taken(exchange.place("bob", order(perp.id, "buy", 9_000, 10)));
    expect(exchange.setPositionMode("bob", "hedge")).toMatchObject({ ok: false, refusal: "open-orders" });
    exchange.cancelAll("bob", perp.id);
    expect(exchange.setPositionMode("bob", "hedge")).toEqual({ ok: true });
  });

  it("pays funding and is liquidated side by side", () => {
    const { exchange, market, facts } = hedged();
    market.hands.mark(perp.id, 10_000, 10_000, { rate: 0.001, at: millis(start + 3_600_000) });
    exchange.advance((start + 3_600_000) as typeof start); // whole
    expect(exchange.fundingPayments("alice").map(({ positionSide, amount }) => [positionSide, amount])).toEqual([
      ["long", "-0.2"],
      ["short", "0.1"],
    ]);
    exchange.credit("alice", "USDC", "-9990");
    market.hands.place(order(perp.id, "buy", 9_500, 1_000));
    market.hands.place(order(perp.id, "sell", 9_510, 1_000));
    market.hands.mark(perp.id, 9_100, 9_100); // −18 on the long side, +10 on the short one
    expect(
      facts.flatMap((fact) => (fact.type === "liquidation" ? [[fact.positionSide, fact.side, fact.size]] : [])),
    ).toEqual([
      ["long", "sell", 200],
      ["short", "buy", 100],
    ]);
    expect(exchange.positions("alice")).toEqual([]);
  });
});
