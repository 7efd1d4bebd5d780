import { type AccountSnapshot, decimal, instrument, lots, millis, type News, type PlaceOrder, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { unfold } from "./unfold.ts";
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

/** A strategy on a market at 2,501, and what it has placed as soon as it knows everything. */
function begun(use: string, params: object) {
  const limits = { maxOpenOrders: 50, priceBand: 0.9, staleMs: 5_000, rate: { orders: 100, windowMs: 1_000 } };
  const strategies = [{ name: use, use, params: { instrument: eth.id, ...params } }];
  const recipe = { strategies, limits, existing: "ignore", graceMs: 12_000, askEveryMs: 60_000 } as const;
  const engine = engineOf(recipe, [eth], 0);
  const placed: PlaceOrder[] = [];
  const facts: readonly News[] = [
    { type: "link.restored", venue: "backpack", stream: "account", why: "opened" },
    account,
    {
      type: "book.reset",
      instrument: eth.id,
      bids: [[ticks(250_100), lots(10_000)]],
      asks: [[ticks(250_120), lots(10_000)]],
    },
  ];
  for (const [at, fact] of facts.entries())
    for (const command of engine.step({ ...fact, at: millis(start), venueAt: millis(start), seq: at + 1 }))
      if (command.type === "order.place") placed.push(command);
  return { engine, placed, seq: facts.length };
}

const pricesOf = (orders: readonly PlaceOrder[]) => orders.map(({ price }) => price / 100);

describe("unfold", () => {
  it("finds the orders that a grid places one after the other", () => {
    const { engine, placed, seq } = begun("grid", { interval: "10", cells: 7, perCell: "50", paceMs: 3_000 });
    expect(placed).toHaveLength(1);
    const all = unfold(engine, [eth], placed, seq);
    expect(pricesOf(all)).toEqual([2_500, 2_490, 2_480, 2_470]);
  });

  it("adds nothing to what is placed at once, and finds nothing where nothing is", () => {
    const { engine, placed, seq } = begun("maker", { spreadPct: "0.5", quantity: "0.1", maxOrders: 1 });
    expect(pricesOf(unfold(engine, [eth], placed, seq))).toEqual(pricesOf(placed));
    const poor = begun("grid", { interval: "10", cells: 7, perCell: "50000", paceMs: 3_000 });
    expect(unfold(poor.engine, [eth], poor.placed, poor.seq)).toEqual([]);
  });
});
