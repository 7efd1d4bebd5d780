import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { ExchangeOptions } from "./contract.ts";
import { marketOrder, order, perp, purse, start, taken, trial } from "./trial.fixture.ts";

/** Alice has 1,000 USDC and holds 10 SOL long at 100, isolated at leverage 10. */
function isolated(options: Partial<ExchangeOptions> = {}) {
  const stage = trial({ accounts: [{ name: "alice", balances: { USDC: "1000" } }], ...options });
  const { exchange, market } = stage;
  market.hands.mark(perp.id, 10_000, 10_000);
  expect(exchange.setMarginType("alice", perp.id, "isolated")).toEqual({ ok: true });
  expect(exchange.marginType("alice", perp.id)).toBe("isolated");
  market.hands.place(order(perp.id, "sell", 10_000, 1_000));
  taken(exchange.place("alice", order(perp.id, "buy", 10_000, 1_000)));
  return stage;
}

describe("isolated margin", () => {
  it("moves from the wallet into the position, and stays the account's", () => {
    const { exchange } = isolated();
    expect(exchange.positions("alice")).toMatchObject([
      // (100 − 1000) / (10 × (0.0125 − 1)) = 91.1392
      { size: 1_000, isolated: "100", leverage: 10, liquidationPrice: 9_113.9241 },
    ]);
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "899.5", locked: "0" }); // fee 0.5
    expect(exchange.margin("alice")).toEqual({ equity: "899.5", initial: "0", maintenance: "0", available: "899.5" });
    expect(exchange.ledger()).toMatchObject([{ asset: "USDC", accounts: "999.5", house: "0.5" }]);
  });

  it("comes back in proportion with the profit, and all of it at the end", () => {
    const { exchange, market } = isolated({ liquidationFee: "0" });
    market.hands.place(order(perp.id, "buy", 10_200, 400));
    taken(exchange.place("alice", order(perp.id, "sell", 10_200, 400))); // 40 back, profit 8, fee 0.204
    expect(exchange.positions("alice")).toMatchObject([{ size: 600, isolated: "60" }]);
    expect(purse(exchange, "alice", "USDC").total).toBe("947.296");
    market.hands.place(order(perp.id, "buy", 10_000, 1_000));
    taken(exchange.place("alice", order(perp.id, "sell", 10_000, 1_000))); // 60 back, 40 in again for −4 SOL, fee 0.5
    expect(exchange.positions("alice")).toMatchObject([{ size: -400, isolated: "40" }]);
    expect(purse(exchange, "alice", "USDC").total).toBe("966.796");
  });

  it("asks for the margin of working orders that could open, beyond the position", () => {
    const { exchange } = isolated();
    taken(exchange.place("alice", order(perp.id, "buy", 9_900, 1_000)));
    expect(exchange.margin("alice").initial).toBe("99");
    taken(exchange.place("alice", order(perp.id, "sell", 11_000, 1_000)));
    expect(exchange.margin("alice").initial).toBe("99"); // the sale closes
  });

  it("is added to and taken from, not below what the position needs", () => {
    const { exchange } = isolated();
    expect(exchange.addIsolated("alice", perp.id, "50.5")).toEqual({ ok: true });
    expect(exchange.positions("alice")).toMatchObject([{ isolated: "150.5" }]);
    expect(purse(exchange, "alice", "USDC").total).toBe("849");
    expect(exchange.addIsolated("alice", perp.id, "-50.6")).toMatchObject({ ok: false, refusal: "no-margin" });
    expect(exchange.addIsolated("alice", perp.id, "-50.5")).toEqual({ ok: true });
    expect(exchange.addIsolated("alice", perp.id, "900")).toMatchObject({ ok: false, refusal: "no-margin" });
    expect(exchange.setLeverage("alice", 5, perp.id)).toMatchObject({ ok: false, refusal: "isolated" });
    expect(exchange.setMarginType("alice", perp.id, "cross")).toMatchObject({ ok: false, refusal: "open-positions" });
  });

  it("pays funding by itself", () => {
    const { exchange, market } = isolated();
    market.hands.mark(perp.id, 10_000, 10_000, { rate: 0.001, at: millis(start + 3_600_000) });
    exchange.advance((start + 3_600_000) as typeof start); // whole
    expect(exchange.positions("alice")).toMatchObject([{ funding: "-1", isolated: "99" }]);
    expect(purse(exchange, "alice", "USDC").total).toBe("899.5");
  });

  it("loses at most its own when it is liquidated", () => {
    const { exchange, market, facts } = isolated();
    market.hands.place(order(perp.id, "buy", 8_500, 5_000));
    market.hands.mark(perp.id, 9_120, 9_120); // 12 left, 11.4 needed
    expect(exchange.positions("alice")).toHaveLength(1);
    market.hands.mark(perp.id, 9_110, 9_110);
    expect(facts.filter(({ type }) => type === "liquidation")).toHaveLength(1);
    expect(exchange.positions("alice")).toEqual([]);
    expect(purse(exchange, "alice", "USDC").total).toBe("899.5"); // −150 and the fee of it: the house carries what 100 do not
    expect(exchange.ledger()).toMatchObject([{ accounts: "899.5", deposits: "1000" }]);
  });

  it("gives back what a liquidation leaves, also in pieces", () => {
    const { exchange, market } = isolated({ liquidationFee: "0" });
    market.hands.place(order(perp.id, "buy", 9_200, 500));
    market.hands.mark(perp.id, 9_110, 9_110); // half at 92: −40 and fee 0.23 of its 50
    expect(exchange.positions("alice")).toMatchObject([{ size: 500, isolated: "50" }]);
    expect(purse(exchange, "alice", "USDC").total).toBe("909.27");
    market.hands.place(order(perp.id, "buy", 9_000, 500));
    market.hands.mark(perp.id, 9_110, 9_110); // the rest at 90: −50 of 50, fee 0.225 is the house's
    expect(exchange.positions("alice")).toEqual([]);
    expect(purse(exchange, "alice", "USDC").total).toBe("909.27");
  });

  it("keeps the two sides of hedge mode apart", () => {
    const stage = trial();
    const { exchange, market } = stage;
    market.hands.mark(perp.id, 10_000, 10_000);
    exchange.setPositionMode("alice", "hedge");
    exchange.setMarginType("alice", perp.id, "isolated");
    market.hands.place(order(perp.id, "sell", 10_000, 500));
    taken(exchange.place("alice", marketOrder(perp.id, "buy", { size: 500 }, { positionSide: "long" })));
    market.hands.place(order(perp.id, "buy", 10_000, 200));
    taken(exchange.place("alice", marketOrder(perp.id, "sell", { size: 200 }, { positionSide: "short" })));
    expect(exchange.addIsolated("alice", perp.id, "5", "short")).toEqual({ ok: true });
    expect(exchange.addIsolated("alice", perp.id, "5")).toMatchObject({ refusal: "no-position" });
    expect(exchange.positions("alice").map(({ positionSide, isolated: own }) => [positionSide, own])).toEqual([
      ["long", "50"],
      ["short", "25"],
    ]);
    market.hands.mark(perp.id, 11_200, 11_200); // the short side has 25 − 24 against 2.8
    market.hands.place(order(perp.id, "sell", 11_200, 500));
    market.hands.mark(perp.id, 11_200, 11_200);
    expect(exchange.positions("alice").map(({ positionSide }) => positionSide)).toEqual(["long"]);
  });
});
