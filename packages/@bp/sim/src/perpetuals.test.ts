import { millis, type Side } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { ExchangeOptions, OrderRequest, SimFact } from "./contract.ts";
import { createExchange, type Exchange, type ScriptedMarket, scriptedMarket } from "./index.ts";
import { order, perp, purse, start, taken } from "./trial.fixture.ts";

const hour = 3_600_000;

interface Stage {
  readonly exchange: Exchange;
  readonly market: ScriptedMarket;
  readonly facts: SimFact[];
  readonly limit: (
    who: string,
    side: Side,
    price: number,
    size: number,
    other?: Partial<OrderRequest>,
  ) => ReturnType<Exchange["place"]>;
  readonly other: (side: Side, price: number, size: number) => void;
}

/** Alice has 1,000 USDC and no leverage limit of her own, bob 100,000; the mark is 100.00. */
function stage(options: Partial<ExchangeOptions> = {}): Stage {
  const market = scriptedMarket([perp]);
  const accounts = [
    { name: "alice", balances: { USDC: "1000" }, leverage: 50 },
    { name: "bob", balances: { USDC: "100000" }, leverage: 10 },
  ];
  const exchange = createExchange({ start, market, accounts, ...options });
  const facts: SimFact[] = [];
  exchange.listen((fact) => facts.push(fact));
  market.hands.mark(perp.id, 10_000, 10_000);
  return {
    exchange,
    market,
    facts,
    limit: (who, side, price, size, other) => exchange.place(who, order(perp.id, side, price, size, other)),
    other: (side, price, size) => void market.hands.place(order(perp.id, side, price, size)),
  };
}

describe("positions", () => {
  it("open, shrink, close and flip by average cost, and pay profit at once", () => {
    const { exchange, limit, other, facts } = stage();
    other("sell", 10_000, 1_000);
    limit("alice", "buy", 10_000, 1_000); // 10 SOL at 100, fee 0.5
    expect(exchange.positions("alice")).toEqual([
      {
        instrument: perp.id,
        size: 1_000,
        cost: "1000",
        realized: "0",
        funding: "0",
        unrealized: "0",
        leverage: 50,
        liquidationPrice: 5.0633, // (999.5 − 1000) / (10 × (0.0125 − 1)) quote
      },
    ]);
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "999.5", locked: "0" });
    other("buy", 10_200, 400);
    limit("alice", "sell", 10_200, 400); // 4 SOL at 102: profit 8, fee 0.204
    expect(exchange.positions("alice")).toMatchObject([{ size: 600, cost: "600", realized: "8" }]);
    expect(purse(exchange, "alice", "USDC").total).toBe("1007.296");
    other("buy", 10_000, 1_000);
    limit("alice", "sell", 10_000, 1_000);
    expect(exchange.positions("alice")).toMatchObject([{ size: -400, cost: "-400" }]);
    other("sell", 10_000, 400);
    limit("alice", "buy", 10_000, 400);
    expect(exchange.positions("alice")).toEqual([]);
    const changes = facts.flatMap((fact) => (fact.type === "position" ? [fact.change] : []));
    expect(changes).toEqual(["opened", "adjusted", "adjusted", "closed"]);
  });
});

describe("margin", () => {
  it("is the larger of the instrument's function and the account's leverage", () => {
    const { exchange, limit, other } = stage();
    other("sell", 10_000, 1_000);
    limit("alice", "buy", 10_000, 1_000);
    // 1000 notional: initial max(0.02, 0.00006 × sqrt(1000), 1/50) = 2 %, maintenance 1.25 %
    expect(exchange.margin("alice")).toEqual({
      equity: "999.5",
      initial: "20",
      maintenance: "12.5",
      available: "979.5",
    });
    exchange.setLeverage("alice", 5);
    expect(exchange.margin("alice")).toMatchObject({ initial: "200" });
    expect(() => exchange.setLeverage("alice", 0)).toThrow(/leverage/);
  });

  it("counts working orders on the worse side and refuses what it cannot carry", () => {
    const { exchange, limit } = stage();
    exchange.setLeverage("alice", 10);
    expect(limit("alice", "buy", 10_000, 10_001)).toMatchObject({
      ok: false,
      refusal: "no-margin",
      text: "Insufficient margin",
    });
    expect(limit("alice", "buy", 10_000, 10_000).ok).toBe(true); // 10,000 notional at 10 %
    expect(exchange.margin("alice")).toMatchObject({ initial: "1000", available: "0" });
    expect(limit("alice", "sell", 10_001, 9_999).ok).toBe(true); // the other side needs no more
    expect(limit("alice", "buy", 9_999, 1)).toMatchObject({ refusal: "no-margin" });
    exchange.cancelAll("alice", perp.id);
    expect(exchange.margin("alice")).toMatchObject({ initial: "0", available: "1000" });
  });

  it("shares the quote with spot orders", () => {
    const spotToo = { ...perp, id: "backpack:SOL_USDC", kind: "spot", margin: undefined } as typeof perp;
    const market = scriptedMarket([perp, spotToo]);
    const exchange = createExchange({
      start,
      market,
      accounts: [{ name: "alice", balances: { USDC: "1000" }, leverage: 10 }],
    });
    market.hands.mark(perp.id, 10_000, 10_000);
    taken(exchange.place("alice", order(spotToo.id, "buy", 10_000, 600))); // locks 600
    expect(exchange.place("alice", order(perp.id, "buy", 10_000, 4_001))).toMatchObject({ refusal: "no-margin" });
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 3_000))); // needs 300
    expect(exchange.place("alice", order(spotToo.id, "buy", 10_000, 101))).toMatchObject({ refusal: "no-funds" });
    taken(exchange.place("alice", order(spotToo.id, "buy", 10_000, 100)));
  });
});

describe("reduce-only", () => {
  it("is refused without a position or on its side", () => {
    const { limit, other } = stage();
    expect(limit("alice", "sell", 10_000, 10, { reduceOnly: true })).toMatchObject({ refusal: "reduce-only" });
    other("sell", 10_000, 100);
    limit("alice", "buy", 10_000, 100);
    expect(limit("alice", "buy", 9_000, 10, { reduceOnly: true })).toMatchObject({ refusal: "reduce-only" });
  });

  it("never asks for more than the position, and shrinks with it", () => {
    const { exchange, limit, other, facts } = stage();
    other("sell", 10_000, 100);
    limit("alice", "buy", 10_000, 100);
    const resting = taken(limit("alice", "sell", 11_000, 150, { reduceOnly: true, clientId: 1 }));
    expect(resting.size).toBe(100);
    other("buy", 10_000, 60);
    limit("alice", "sell", 10_000, 60); // the position is 40 now
    expect(exchange.order("alice", { instrument: perp.id, clientId: 1 })).toMatchObject({ size: 40, status: "new" });
    expect(facts.filter((fact) => fact.type === "order-modified")).toHaveLength(1);
    expect(exchange.book(perp.id)).toMatchObject({ asks: [[11_000, 40]] });
    other("buy", 10_000, 40);
    limit("alice", "sell", 10_000, 40);
    expect(exchange.orderHistory("alice").find((each) => each.id === resting.id)).toMatchObject({
      status: "expired",
      expiry: "reduce-only",
    });
    expect(exchange.book(perp.id)).toMatchObject({ asks: [] });
  });

  it("cannot flip a position when one taker goes through several of them", () => {
    const { exchange, limit, other } = stage();
    other("sell", 10_000, 100);
    limit("alice", "buy", 10_000, 100);
    for (const price of [10_100, 10_100, 10_110]) taken(limit("alice", "sell", price, 80, { reduceOnly: true }));
    other("buy", 10_200, 500);
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.fills("alice").map((fill) => fill.size)).toEqual([100, 80, 20]);
    expect(exchange.openOrders("alice")).toEqual([]);
    expect(exchange.book(perp.id)).toMatchObject({ bids: [[10_200, 400]], asks: [] });
  });
});

describe("funding", () => {
  it("is paid at the stamp: longs pay a positive rate, the others receive", () => {
    const { exchange, limit, market, facts } = stage();
    limit("bob", "sell", 10_000, 1_000);
    limit("alice", "buy", 10_000, 1_000);
    market.hands.mark(perp.id, 10_000, 10_000, { rate: 0.0005, at: millis(start + hour) });
    exchange.advance(millis(start + hour - 1));
    expect(exchange.fundingPayments("alice")).toEqual([]);
    exchange.advance(millis(start + hour));
    expect(exchange.fundingPayments("alice")).toEqual([
      { instrument: perp.id, amount: "-0.5", rate: 0.0005, at: start + hour },
    ]);
    expect(exchange.fundingPayments("bob")).toMatchObject([{ amount: "0.5" }]);
    expect(exchange.positions("alice")).toMatchObject([{ funding: "-0.5" }]);
    expect(facts.filter((fact) => fact.type === "funding")).toHaveLength(2);
    exchange.advance(millis(start + 2 * hour));
    expect(exchange.fundingPayments("alice")).toHaveLength(2);
  });

  it("follows the mean premium, damped towards 0.01 % in eight hours", () => {
    const { exchange, market } = stage();
    expect(exchange.mark(perp.id)).toMatchObject({ fundingRate: 0.0000125, fundingAt: start + hour });
    const dear = stage();
    dear.market.hands.mark(perp.id, 10_100, 10_000); // half a percent on average with the first
    expect(dear.exchange.mark(perp.id)?.fundingRate).toBeCloseTo((0.005 - 0.0005) / 8, 9);
    market.hands.mark(perp.id, 5_000, 10_000);
    expect(exchange.mark(perp.id)?.fundingRate).toBe(-0.01); // the bound
  });
});

describe("liquidation", () => {
  it("cancels, closes on the book, charges for it", () => {
    const { exchange, limit, market, other, facts } = stage();
    other("sell", 10_000, 20_000);
    taken(limit("alice", "buy", 10_000, 20_000)); // 200 SOL, 20,000 notional on 990 equity
    taken(limit("alice", "buy", 5_000, 10));
    other("buy", 9_600, 30_000);
    market.hands.mark(perp.id, 9_570, 9_570); // −860: equity 130 < 1.25 % of 19,140
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.openOrders("alice")).toEqual([]);
    const told = facts.map((fact) => fact.type);
    expect(told).toContain("liquidation");
    const fill = exchange.fills("alice").at(-1);
    expect(fill).toMatchObject({ side: "sell", price: 9_600, size: 20_000, fee: "201.6", clientId: undefined }); // 0.05 % + 1 %
    expect(purse(exchange, "alice", "USDC").total).toBe("0"); // 990 − 800 − 201.6 is owed, the house carries it
    expect(exchange.ledger()).toMatchObject([{ accounts: "100000", deposits: "101000" }]);
  });

  it("tries again at the next mark when the book was too thin", () => {
    const { exchange, limit, market, other } = stage({ liquidationFee: "0" });
    other("sell", 10_000, 20_000);
    limit("alice", "buy", 10_000, 20_000);
    other("buy", 9_600, 5_000);
    market.hands.mark(perp.id, 9_570, 9_570);
    expect(exchange.positions("alice")).toMatchObject([{ size: 15_000 }]);
    other("buy", 9_570, 50_000);
    market.hands.mark(perp.id, 9_570, 9_570);
    expect(exchange.positions("alice")).toEqual([]); // equity 142.6 against 179.4 needed
    expect(exchange.fills("alice").map((fill) => fill.size)).toEqual([20_000, 5_000, 15_000]);
  });
});
