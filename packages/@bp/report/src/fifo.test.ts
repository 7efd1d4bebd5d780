// FIFO matching: the numbers of the specification, and laws.
import { Big, flat, instrument, lots, type Side, ticks, traded } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Lot, matchFifo, sumOfLots } from "./fifo.ts";

const trade = (side: Side, size: string, price: string) => ({ side, size: new Big(size), price: new Big(price) });

function run(trades: readonly ReturnType<typeof trade>[]) {
  let open: readonly Lot[] = [];
  let realized = new Big(0);
  for (const each of trades) {
    const matched = matchFifo(open, each);
    open = matched.lots;
    realized = realized.plus(matched.realized);
  }
  return { open, realized };
}

const shown = (open: readonly Lot[]) => open.map(({ size, price }) => `${size.toFixed()} @ ${price.toFixed()}`);

describe("matchFifo", () => {
  it("closes the oldest lots first", () => {
    const { open, realized } = run([
      trade("buy", "0.2", "100"),
      trade("buy", "0.1", "101"),
      trade("sell", "0.25", "102"),
    ]);
    expect(realized.toFixed()).toBe("0.45"); // 0.2 × 2 + 0.05 × 1
    expect(shown(open)).toEqual(["0.05 @ 101"]);
  });

  it("mirrors it for a short", () => {
    const { open, realized } = run([
      trade("sell", "0.2", "102"),
      trade("sell", "0.1", "101"),
      trade("buy", "0.25", "100"),
    ]);
    expect(realized.toFixed()).toBe("0.45"); // 0.2 × 2 + 0.05 × 1
    expect(shown(open)).toEqual(["-0.05 @ 101"]);
  });

  it("goes through zero and opens the rest on the other side", () => {
    const { open, realized } = run([trade("buy", "1", "100"), trade("sell", "3", "110")]);
    expect(realized.toFixed()).toBe("10");
    expect(shown(open)).toEqual(["-2 @ 110"]);
  });

  it("closes to exactly nothing", () => {
    expect(run([trade("buy", "0.1", "100"), trade("sell", "0.1", "99")]).open).toEqual([]);
  });

  it("does not change the lots that it was given", () => {
    const before: readonly Lot[] = [{ size: new Big(1), price: new Big(100) }];
    matchFifo(before, trade("sell", "0.5", "101"));
    expect(shown(before)).toEqual(["1 @ 100"]);
  });

  const sol = instrument({ id: "x:SOL", kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" });
  const trades = fc.array(
    fc.record({
      side: fc.constantFrom<Side>("buy", "sell"),
      price: fc.integer({ min: 1, max: 100_000 }),
      size: fc.integer({ min: 1, max: 1_000 }),
    }),
    { maxLength: 60 },
  );

  it("earns what average cost earns once the position is flat", () => {
    fc.assert(
      fc.property(trades, (drawn) => {
        const net = drawn.reduce((sum, each) => sum + (each.side === "buy" ? each.size : -each.size), 0);
        const all =
          net === 0
            ? drawn
            : [...drawn, { side: net > 0 ? ("sell" as const) : ("buy" as const), price: 5_000, size: Math.abs(net) }];
        const fifo = run(
          all.map((each) => ({
            side: each.side,
            size: new Big(each.size).div(100),
            price: new Big(each.price).div(100),
          })),
        );
        let average = flat;
        for (const { side, price, size } of all)
          average = traded(sol, average, { side, price: ticks(price), size: lots(size) });
        expect(fifo.open).toEqual([]);
        // average cost divides, so it may be off in the last of Big's 20 places
        expect(fifo.realized.minus(average.realized).abs().lt("1e-12")).toBe(true);
      }),
    );
  });

  it("neither makes nor loses money: realized plus cost of what is open is what was paid", () => {
    fc.assert(
      fc.property(trades, (drawn) => {
        const { open, realized } = run(
          drawn.map((each) => ({ side: each.side, size: new Big(each.size), price: new Big(each.price) })),
        );
        const cash = drawn.reduce((sum, each) => sum + (each.side === "buy" ? -1 : 1) * each.size * each.price, 0);
        const { size, cost } = sumOfLots(open);
        expect(realized.minus(cost).toFixed()).toBe(String(cash));
        expect(size.toNumber()).toBe(
          drawn.reduce((sum, each) => sum + (each.side === "buy" ? each.size : -each.size), 0),
        );
        expect(new Set(open.map((each) => each.size.s)).size).toBeLessThanOrEqual(1); // one side only
      }),
    );
  });
});
