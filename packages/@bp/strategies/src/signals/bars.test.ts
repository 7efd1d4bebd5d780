import { millis } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noBars, withPrice } from "./bars.ts";

const fed = (prices: readonly (readonly [at: number, price: number])[], keep = 10) =>
  prices.reduce((bars, [at, price]) => withPrice(bars, millis(at), price, 1_000, keep), noBars);

describe("withPrice", () => {
  it("makes bars at whole multiples of their length", () => {
    const bars = fed([
      [5_200, 10],
      [5_300, 12],
      [5_999, 9],
      [6_000, 11],
    ]);
    expect(bars.closed).toEqual([{ open: 10, high: 12, low: 9, close: 9 }]);
    expect(bars.open).toEqual({ open: 11, high: 11, low: 11, close: 11 });
    expect(bars.ends).toBe(7_000);
  });

  it("fills a silence with flat bars, and keeps as many as it is told", () => {
    const gap = [
      [100, 5],
      [200, 7],
      [4_100, 9],
    ] as const;
    const flat = { open: 7, high: 7, low: 7, close: 7 };
    expect(fed(gap).closed).toEqual([{ open: 5, high: 7, low: 5, close: 7 }, flat, flat, flat]);
    expect(fed(gap, 2).closed).toEqual([flat, flat]);
    expect(fed([...gap, [1e12, 9]], 3).closed).toHaveLength(3); // at once, however long the silence
  });

  it("gives the same object while nothing changes", () => {
    const bars = fed([[100, 5]]);
    expect(withPrice(bars, millis(900), 5, 1_000, 10)).toBe(bars);
  });

  it("comes to the same bars however often the price is looked at", () => {
    const path = fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(path, (steps) => {
        let at = 0;
        const moves = steps.map(([wait, price]) => {
          at += wait;
          return [at, price] as const;
        });
        const looked = moves.flatMap(([when, price]) => [[when, price] as const, [when, price] as const]);
        expect(fed(looked)).toEqual(fed(moves));
      }),
    );
  });
});
