import { type AccountSnapshot, decimal, instrument, lots, millis, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { firstOrders } from "./firstOrders.ts";
import { engineOf } from "./wire-up.ts";

const eth = instrument({
  id: "backpack:ETH_USDC",
  kind: "spot",
  base: "ETH",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.0001",
});
const start = Date.UTC(2026, 0, 1);
const account: AccountSnapshot = {
  type: "account.snapshot",
  venue: "backpack",
  asOf: millis(start),
  orders: [],
  positions: [],
  balances: [{ asset: "USDC", total: decimal("10000"), free: decimal("10000") }],
  fills: [],
};

/** The prices of the first orders of a strategy on a market at 2,501. */
function pricesOf(use: string, params: object) {
  const limits = { maxOpenOrders: 50, priceBand: 0.9, staleMs: 5_000, rate: { orders: 100, windowMs: 1_000 } };
  const strategies = [{ name: use, use, params: { instrument: eth.id, ...params } }];
  const recipe = { strategies, limits, existing: "ignore", graceMs: 12_000, askEveryMs: 60_000 } as const;
  const listener = engineOf(recipe, [eth], 0);
  listener.step({
    type: "book.reset",
    instrument: eth.id,
    bids: [[ticks(250_100), lots(10_000)]],
    asks: [[ticks(250_120), lots(10_000)]],
    at: millis(start),
    venueAt: millis(start),
    seq: 1,
  });
  const known = { instruments: [eth], snapshots: new Map([["backpack", account]]), others: [] };
  return firstOrders(engineOf(recipe, [eth], 0), listener.view, known).map(({ price }) => price / 100);
}

describe("firstOrders", () => {
  it("finds the orders that a grid places one after the other", () => {
    expect(pricesOf("grid", { interval: "10", cells: 7, perCell: "50", paceMs: 3_000 })).toEqual([
      2_500, 2_490, 2_480, 2_470,
    ]);
  });

  it("finds what is placed at once, and nothing where nothing is", () => {
    expect(pricesOf("maker", { spreadPct: "0.5", quantity: "0.1", maxOrders: 1 })).toHaveLength(1); // there is no ETH to sell
    expect(pricesOf("grid", { interval: "10", cells: 7, perCell: "50000", paceMs: 3_000 })).toEqual([]);
  });
});
