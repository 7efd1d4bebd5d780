import { type Instrument, instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { ExchangeOptions } from "./contract.ts";
import { createExchange } from "./exchange.ts";
import { scriptedMarket } from "./scripted.ts";
import { order, perp, purse, spot, start, taken, trial } from "./trial.fixture.ts";

const inUsdt: Instrument = instrument({ ...perp, id: "aster-futures:SOLUSDT", quote: "USDT", minSize: "0.01" });

/** Two perpetuals, one in USDC and one in USDT, both marked at 100. */
function two(options: Partial<ExchangeOptions> & Pick<ExchangeOptions, "accounts">) {
  const market = scriptedMarket([perp, inUsdt]);
  const exchange = createExchange({ start, market, ...options });
  for (const { id } of [perp, inUsdt]) market.hands.mark(id, 10_000, 10_000);
  return { exchange, market };
}

describe("setLeverage", () => {
  it("is for the account, or for one market before it", () => {
    const { exchange } = trial({ maxLeverage: 125 });
    exchange.setLeverage("alice", 20);
    expect(exchange.setLeverage("alice", 125, perp.id)).toEqual({ ok: true });
    expect(exchange.terms("alice", perp.id).leverage).toBe(125);
    expect(exchange.terms("alice", spot.id).leverage).toBe(20);
    expect(() => exchange.setLeverage("alice", 126, perp.id)).toThrow(/not 1 to 125/);
    expect(exchange.setLeverage("alice", 1, "backpack:NO")).toMatchObject({ refusal: "unknown-instrument" });
  });

  it("is refused when it needs more than is free", () => {
    const { exchange } = trial();
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 20_000))); // 20,000: 2,000 of 10,000
    expect(exchange.setLeverage("alice", 1, perp.id)).toMatchObject({ ok: false, refusal: "no-margin" });
    expect(exchange.margin("alice").initial).toBe("2000");
    expect(exchange.setLeverage("alice", 2, perp.id)).toEqual({ ok: true });
    expect(exchange.margin("alice").initial).toBe("10000");
  });
});

describe("margin by settlement asset", () => {
  it("is one sum for each", () => {
    const { exchange } = two({ accounts: [{ name: "alice", balances: { USDC: "1000", USDT: "100" } }] });
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 5_000)));
    expect(exchange.margin("alice", "USDC")).toMatchObject({ equity: "1000", initial: "500" });
    expect(exchange.margin("alice", "USDT")).toMatchObject({ equity: "100", initial: "0" });
    expect(exchange.place("alice", order(inUsdt.id, "buy", 10_000, 1_001))).toMatchObject({ refusal: "no-margin" });
    taken(exchange.place("alice", order(inUsdt.id, "buy", 10_000, 1_000)));
    expect(exchange.margin("alice", "USDT")).toMatchObject({ initial: "100", available: "0" });
  });

  it("follows the brackets of a market", () => {
    const brackets = {
      [perp.id]: [
        { floor: 0, cap: 500, rate: 0.01, cum: 0 },
        { floor: 500, cap: 5_000, rate: 0.02, cum: 5 },
      ],
    };
    const { exchange, market } = two({ accounts: [{ name: "alice", balances: { USDC: "1000" } }], brackets });
    market.hands.place(order(perp.id, "sell", 10_000, 400));
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 400)));
    expect(exchange.margin("alice").maintenance).toBe("4");
    market.hands.place(order(perp.id, "sell", 10_000, 600));
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 600)));
    expect(exchange.margin("alice").maintenance).toBe("15"); // 1000 × 2 % − 5
    // (999.5 + 5 − 1000) / (10 × (0.02 − 1)) is below nothing
    expect(exchange.positions("alice")[0]?.liquidationPrice).toBeUndefined();
  });
});

describe("multi-assets mode", () => {
  const collateral = {
    USDT: { weight: 1, price: 1 },
    USD1: { weight: 0.95, price: 1 },
    BTC: { weight: 0.9, price: 60_000 },
  };
  const accounts = [{ name: "alice", balances: { USD1: "1000", BTC: "0.01" }, multiAssets: true }];

  it("counts every wallet once, at its weight and price", () => {
    const { exchange, market } = two({ accounts, collateral });
    expect(exchange.multiAssets("alice")).toBe(true);
    expect(exchange.margin("alice")).toMatchObject({ equity: "1490", available: "1490" }); // 950 + 540
    market.hands.place(order(inUsdt.id, "sell", 10_000, 1_000));
    taken(exchange.place("alice", order(inUsdt.id, "buy", 10_000, 1_000)));
    expect(purse(exchange, "alice", "USDT").total).toBe("-0.5"); // the fee is owed
    expect(exchange.margin("alice", "anything")).toMatchObject({
      equity: "1489.5",
      initial: "100",
      maintenance: "12.5",
    });
    expect(exchange.setMultiAssets("alice", false)).toMatchObject({ ok: false, refusal: "no-margin" });
    expect(exchange.setMarginType("alice", perp.id, "isolated")).toMatchObject({ refusal: "multi-assets" });
  });

  it("sells collateral for what a liquidation leaves owed", () => {
    const { exchange, market } = two({
      accounts: [{ name: "alice", balances: { USD1: "1000" }, multiAssets: true }],
      collateral,
      liquidationFee: "0",
    });
    exchange.setLeverage("alice", 50);
    market.hands.place(order(inUsdt.id, "sell", 10_000, 20_000));
    taken(exchange.place("alice", order(inUsdt.id, "buy", 10_000, 20_000))); // 20,000 on 950; fee 10
    market.hands.place(order(inUsdt.id, "buy", 9_700, 20_000));
    market.hands.mark(inUsdt.id, 9_600, 9_600); // −800: 140 left, 240 needed
    expect(exchange.positions("alice")).toEqual([]);
    // owes 600 + 10 + 9.7 of USDT: 619.7 / 0.95 of USD1
    expect(exchange.balances("alice").map(({ asset, total }) => [asset, total])).toEqual([
      ["USD1", "347.68421052"],
      ["USDT", "0"],
    ]);
    for (const { accounts: held, others, house, deposits } of exchange.ledger())
      expect(Number(held) + Number(others) + Number(house)).toBeCloseTo(Number(deposits), 9);
  });

  it("is switched off when each asset carries its own, and not on with isolated markets", () => {
    const { exchange } = two({ accounts: [{ name: "alice", balances: { USDT: "10" } }], collateral });
    expect(exchange.setMultiAssets("alice", true)).toEqual({ ok: true });
    expect(exchange.setMultiAssets("alice", false)).toEqual({ ok: true });
    exchange.setMarginType("alice", perp.id, "isolated");
    expect(exchange.setMultiAssets("alice", true)).toMatchObject({ ok: false, refusal: "isolated" });
  });
});

describe("transfer", () => {
  it("moves what is free, exactly, or nothing", () => {
    const { exchange } = trial();
    expect(exchange.transfer("alice", "bob", "USDC", "0.1")).toBe(true);
    expect(purse(exchange, "bob", "USDC").total).toBe("10000.1");
    taken(exchange.place("alice", order(spot.id, "buy", 10_000, 4_000))); // locks 4,000
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 20_000))); // needs 2,000
    expect(exchange.transfer("alice", "bob", "USDC", "4000")).toBe(false);
    expect(exchange.transfer("alice", "bob", "USDC", "3999.9")).toBe(true);
    for (const amount of ["0", "-1"]) expect(exchange.transfer("alice", "bob", "USDC", amount)).toBe(false);
    expect(exchange.transfer("alice", "bob", "BTC", "1")).toBe(false);
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "6000", locked: "4000" });
    expect(exchange.ledger()).toMatchObject([
      { asset: "SOL" },
      { asset: "USDC", accounts: "20000", deposits: "20000" },
    ]);
  });
});
