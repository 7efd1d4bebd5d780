import { clientId, decimal, lots, millis, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PastFill } from "./orderApi.ts";
import { tradeKey, withTotals } from "./totals.ts";

const fill = (tradeId: string, at: number, size: number, change: Partial<PastFill> = {}): PastFill => ({
  type: "order.filled",
  clientId: clientId(7),
  venueOrderId: "1",
  tradeId,
  instrument: "x:SOL",
  side: "buy",
  price: ticks(9896),
  size: lots(size),
  fee: decimal("0"),
  feeAsset: "USDC",
  liquidity: "maker",
  venueAt: millis(at),
  ...change,
});

describe("withTotals", () => {
  it("gives fills oldest first, with running totals of each order", () => {
    const rows = [fill("3", 2_000, 100), fill("2", 1_000, 200), fill("1", 1_000, 50)];
    expect(withTotals(rows).map(({ tradeId, total }) => [tradeId, total])).toEqual([
      ["1", 50],
      ["2", 250],
      ["3", 350],
    ]);
  });

  it("counts what the order had filled before the rows begin", () => {
    expect(withTotals([fill("9", 1, 100)], () => 300)[0]?.total).toBe(300);
  });

  it("compares ids beyond 2^53 exactly", () => {
    const rows = [fill("9007199254740993", 1, 1), fill("9007199254740992", 1, 1)];
    expect(withTotals(rows).map(({ tradeId }) => tradeId)).toEqual(["9007199254740992", "9007199254740993"]);
  });

  it("ends each order at the sum of its fills, in whatever order they come", () => {
    const trade = fc.record({ order: fc.constantFrom("1", "2"), at: fc.nat(5), size: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 12 }), (trades) => {
        const rows = trades.map(({ order, at, size }, id) => fill(String(id), at, size, { venueOrderId: order }));
        const fills = withTotals(rows);
        for (const order of ["1", "2"]) {
          const own = fills.filter(({ venueOrderId }) => venueOrderId === order);
          const sum = own.reduce((total, each) => total + each.size, 0);
          expect(own.at(-1)?.total ?? 0).toBe(sum);
          expect(own.map(({ total }) => total)).toEqual(own.map(({ total }) => total).toSorted((a, b) => a - b));
        }
      }),
    );
  });
});

describe("tradeKey", () => {
  it("tells the two sides of a trade between two orders of ours apart", () => {
    expect(tradeKey(fill("5", 1, 1))).not.toBe(tradeKey(fill("5", 1, 1, { venueOrderId: "2" })));
  });
});
