// The fair prices: values on the page, and the laws that all of them keep.
import { type BookView, type Level, lots, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Touch } from "../touch.ts";
import { band } from "./depth.ts";
import { type FairPrice, fairPrice } from "./fairPrice.ts";
import { depthImbalance } from "./imbalance.ts";
import { vamp } from "./vamp.ts";

const level = (price: number, size: number): Level => [ticks(price), lots(size)];
const bids = [level(100, 30), level(99, 10), level(95, 60)];
const asks = [level(102, 10), level(104, 20), level(110, 70)];
const touch = (bid: Level = level(100, 30), ask: Level = level(102, 10)): Touch => ({ bid, ask });
type Book = Pick<BookView, "levels">;
const book: Book = { levels: (side) => (side === "bid" ? bids : asks) };

const table = { imbalances: 2, spreads: 2, adjustments: [-0.2, 0.2, -5, 0.6] };
const all: FairPrice[] = [
  { name: "mid" },
  { name: "weighted" },
  { name: "imbalance", reach: 3, strength: 0.5 },
  { name: "vamp", reach: 3 },
  { name: "stoikov", table },
];

describe("fairPrice", () => {
  it("is what each name says", () => {
    expect(all.map((how) => fairPrice(how, touch(), book))).toEqual([
      101,
      101.5, // (100 · 10 + 102 · 30) / 40
      101 + (40 - 30) / 70 / 2, // 40 bid and 30 offered within 3 ticks of 101, half of a half-spread of 1
      (100 * 10 + 102 * 30 + 99 * 20 + 104 * 10) / 70,
      101.6,
    ]);
  });

  const side = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 1e6 })), {
    minLength: 1,
    maxLength: 8,
  });
  /** Levels further and further away from a price. */
  const from = (start: number, sign: number, steps: readonly (readonly [number, number])[]): Level[] => {
    let at = start;
    return steps.map(([step, size]) => {
      at += sign * step;
      return level(at, size);
    });
  };
  const mirrored: FairPrice = { name: "stoikov", table: { ...table, adjustments: [-0.2, 0.2, -0.6, 0.6] } };

  it("never leaves the touch, turns round with the book, and does not see how sizes are counted", () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(...all.slice(0, 4), mirrored), (below, above, how) => {
        const [down, up] = [from(1000, -1, below), from(1000, 1, above)];
        const [bid, ask] = [down[0] ?? level(1, 1), up[0] ?? level(1, 1)];
        const price = fairPrice(how, { bid, ask }, { levels: (which) => (which === "bid" ? down : up) });
        expect(price).toBeGreaterThanOrEqual(bid[0]);
        expect(price).toBeLessThanOrEqual(ask[0]);

        const over = ([at, size]: Level): Level => level(2000 - at, size);
        const other: Book = { levels: (which) => (which === "bid" ? up : down).map(over) };
        const turned = fairPrice(how, { bid: over(ask), ask: over(bid) }, other);
        const edge = how.name === "stoikov" && bid[1] === ask[1]; // a bucket's edge belongs to one side of it
        expect(edge ? 2000 - price : turned).toBeCloseTo(2000 - price, 9);

        const double = ([at, size]: Level): Level => level(at, size * 2);
        const large: Book = { levels: (which) => (which === "bid" ? down : up).map(double) };
        expect(fairPrice(how, { bid: double(bid), ask: double(ask) }, large)).toBeCloseTo(price, 9);
      }),
    );
  });

  it("falls back to the mid where a band holds nothing", () => {
    expect(fairPrice({ name: "vamp", reach: 0 }, touch(), book)).toBe(101);
    expect(fairPrice({ name: "imbalance", reach: 0, strength: 1 }, touch(), book)).toBe(101);
  });
});

describe("band", () => {
  it("takes what stands within the reach, its end included", () => {
    expect(band(bids, 101, 2)).toEqual([level(100, 30), level(99, 10)]);
    expect(band(bids, 101, 100)).toBe(bids);
    expect(band(asks, 101, 0.5)).toEqual([]);
  });
});

describe("depthImbalance", () => {
  it("is -1 to 1, and 0 for nothing", () => {
    expect(depthImbalance(bids, [])).toBe(1);
    expect(depthImbalance([], asks)).toBe(-1);
    expect(depthImbalance(bids, asks)).toBe(0);
    expect(depthImbalance([], [])).toBe(0);
  });
});

describe("vamp", () => {
  it("with one level a side is the weighted touch, and needs both sides", () => {
    expect(vamp(bids.slice(0, 1), asks.slice(0, 1))).toBe(101.5);
    expect(vamp(bids, [])).toBeUndefined();
  });
});
