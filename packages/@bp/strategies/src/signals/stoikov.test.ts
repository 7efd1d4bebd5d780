// The table against markets whose answer is known.
import { type Level, lots, random, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Touch } from "../touch.ts";
import { learnStoikov, stoikovPrice } from "./stoikov.ts";

const touch = (bid: number, bidSize: number, spread: number, askSize: number): Touch => ({
  bid: [ticks(bid), lots(bidSize)],
  ask: [ticks(bid + spread), lots(askSize)],
});
const heavyBid = (bid: number) => touch(bid, 3, 1, 1);
const heavyAsk = (bid: number) => touch(bid, 1, 1, 3);
const grid = { imbalances: 2, spreads: 1 };

/** A spread of a tick; a heavy side stays with `a`, changes with `b`, and else the mid goes its way, to `after`. */
function walk(steps: number, a: number, b: number, after: (heavy: boolean, chance: number) => boolean): Touch[] {
  const chance = random(11);
  let bid = 1_000_000;
  let heavy = true;
  return Array.from({ length: steps }, () => {
    const roll = chance.next();
    if (roll >= a + b) {
      bid += heavy ? 1 : -1;
      heavy = after(heavy, chance.next());
    } else if (roll >= a) heavy = !heavy;
    return heavy ? heavyBid(bid) : heavyAsk(bid);
  });
}

describe("learnStoikov", () => {
  it("is the first move where what follows a move is a coin", () => {
    const touches = walk(200_000, 0.5, 0.25, (_, chance) => chance < 0.5);
    const [low = 0, high = 0] = learnStoikov(touches, grid)?.adjustments ?? [];
    expect(high).toBeCloseTo(1 / 3, 1); // 0.25 / (1 - 0.5 + 0.25)
    expect(Math.abs(high - 1 / 3)).toBeLessThan(0.01);
    expect(low).toBeCloseTo(-high, 9);
  });

  it("is less where the book turns after a move, and more where it does not", () => {
    const adjusted = (after: (heavy: boolean, chance: number) => boolean) =>
      learnStoikov(walk(200_000, 0.5, 0.25, after), grid)?.adjustments[1] ?? 0;
    expect(Math.abs(adjusted((heavy) => !heavy) - 1 / 4)).toBeLessThan(0.01); // x = 1/3 · (1 - x)
    expect(Math.abs(adjusted((heavy, chance) => (chance < 0.75 ? heavy : !heavy)) - 2 / 5)).toBeLessThan(0.02); // x = 1/3 · (1 + x / 2)
  });

  it("has nothing to add where the mid never moved, and counts no spread that is too wide", () => {
    const still = [heavyBid(100), heavyAsk(100), heavyBid(100), heavyAsk(100)];
    expect(learnStoikov(still, grid)?.adjustments).toEqual([0, 0]);
    const wide = [heavyBid(100), touch(90, 1, 20, 9), heavyBid(50), touch(40, 1, 20, 9), heavyBid(300)];
    expect(learnStoikov(wide, grid)?.adjustments).toEqual([0, 0]);
    expect(learnStoikov([], grid)?.adjustments).toEqual([0, 0]);
  });

  it("says so where the sum would go on for ever", () => {
    const climbing = Array.from({ length: 50 }, (_, at) => heavyBid(100 + at)); // and mirrored: always down
    expect(learnStoikov(climbing, grid)).toBeUndefined();
  });
});

describe("stoikovPrice", () => {
  const table = { imbalances: 2, spreads: 2, adjustments: [-0.25, 0.25, -0.75, 0.75] };
  const level = (price: number, size: number): Level => [ticks(price), lots(size)];

  it("adds what the state says to the mid, and never leaves the touch", () => {
    expect(stoikovPrice(table, heavyBid(100))).toBe(100.75);
    expect(stoikovPrice(table, heavyAsk(100))).toBe(100.25);
    expect(stoikovPrice(table, { bid: level(100, 9), ask: level(102, 1) })).toBe(101.75);
    expect(stoikovPrice({ ...table, adjustments: [-9, 9, -9, 9] }, heavyBid(100))).toBe(101);
  });

  it("reads a spread that is wider than the table as its widest", () => {
    expect(stoikovPrice(table, { bid: level(100, 9), ask: level(110, 1) })).toBe(105.75);
  });
});
