import { describe, expect, it } from "vitest";
import type { FillNow, ViewLevel } from "../../contract/index.ts";
import { aMarket, anOrder } from "../frame.fixture.ts";
import { priceLines } from "./lines.ts";
import { marksOf } from "./marks.ts";

const strategy = (levels: readonly Partial<ViewLevel>[]) => ({
  view: {
    kind: "maker",
    facts: [],
    tables: [],
    levels: levels.map((level) => ({
      market: aMarket().id,
      price: "150",
      role: "fair",
      label: "level.fair",
      ...level,
    })),
  },
});

describe("priceLines", () => {
  it("has own orders, cost and liquidation", () => {
    expect(priceLines(aMarket(), []).map(({ role, price, size }) => [role, price, size])).toEqual([
      ["buy", 150.1, "1.5"],
      ["sell", 150.13, "2"],
      ["liquidation", 91.4, undefined],
      ["cost", 149.9, undefined],
    ]);
  });

  it("draws orders at one price as one line", () => {
    const orders = [anOrder(), anOrder({ clientId: 9, price: "150.1", filled: "0" })];
    expect(priceLines(aMarket({ orders }), [])[0]).toMatchObject({ size: "3.5" });
  });

  it("draws a level of the system once, and not where an own order stands", () => {
    const lines = priceLines(aMarket(), [
      strategy([
        { role: "quote", price: "150.1" },
        { role: "quote", price: "150.05" },
        { role: "cost", price: "149.95" },
        { role: "fair", market: "another" },
        { role: "fair", price: "0" },
      ]),
    ]);
    expect(lines.map(({ role, price }) => `${role} ${price}`)).toEqual([
      "buy 150.1",
      "sell 150.13",
      "liquidation 91.4",
      "quote 150.05",
      "cost 149.95",
    ]);
  });

  it("has no line for what is not known", () => {
    const { position: _, ...market } = aMarket({ orders: [] });
    expect(priceLines(market, [])).toEqual([]);
  });
});

describe("marksOf", () => {
  const fill = (at: number, side: FillNow["side"], market = "m"): FillNow => ({
    n: 1,
    at,
    seq: 1,
    market,
    side,
    price: "1",
    size: "0.1",
    fee: "0",
    feeAsset: "USDC",
    liquidity: "maker",
    tradeId: "t",
    clientId: 1,
    slot: "a/b",
  });

  it("joins trades of one side within a span, and takes those of its market and time alone", () => {
    const fills = [
      fill(10_500, "buy"),
      fill(11_900, "buy"),
      fill(11_000, "sell"),
      fill(2_000, "buy"),
      fill(10_000, "buy", "x"),
    ];
    expect(marksOf(fills, "m", 2, 5)).toEqual([
      { time: 10, side: "buy", count: 2, size: "0.2" },
      { time: 10, side: "sell", count: 1, size: "0.1" },
    ]);
  });
});
