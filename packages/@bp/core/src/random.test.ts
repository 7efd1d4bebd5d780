// Chance from a seed: the same again, spread as it should be, and forks that keep out of each other's way.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, random } from "./random.ts";

const draw = (from: Random, count: number): number[] => Array.from({ length: count }, () => from.next());
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("random", () => {
  it("gives the same numbers for the same seed, today and in every later version", () => {
    expect(draw(random(1), 4)).toEqual(draw(random(1), 4));
    expect(draw(random(1), 3).map((value) => value * 2 ** 32)).toEqual([2_420_951_833, 2_513_034_076, 3_847_892_949]);
    expect(draw(random(1).fork("market"), 2).map((value) => value * 2 ** 32)).toEqual([473_332_705, 803_011_812]);
  });

  it("gives other numbers for another seed", () => {
    const firsts = new Set(Array.from({ length: 10_000 }, (_, seed) => random(seed).next()));
    expect(firsts.size).toBeGreaterThan(9_990);
  });

  it("spreads evenly over [0, 1)", () => {
    const values = draw(random(7), 100_000);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const value of values) buckets[Math.floor(value * 10)] = (buckets[Math.floor(value * 10)] ?? 0) + 1;
    expect(buckets.every((count) => Math.abs(count - 10_000) < 500)).toBe(true);
  });

  it("draws whole numbers from low to high, both included, each about as often", () => {
    const from = random(11);
    const counts = new Map<number, number>();
    for (let turn = 0; turn < 60_000; turn++) {
      const value = from.whole(-2, 3);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    expect([...counts.values()].every((count) => Math.abs(count - 10_000) < 500)).toBe(true);
    expect(random(1).whole(5, 5)).toBe(5);
  });

  it("stays within low and high", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -1_000, max: 1_000 }), fc.nat(1_000), (seed, low, width) => {
        const value = random(seed).whole(low, low + width);
        expect([Number.isInteger(value), value >= low, value <= low + width]).toEqual([true, true, true]);
      }),
    );
  });

  it("draws normal numbers of mean 0 and variance 1, and exponential ones of the mean asked for", () => {
    const from = random(3);
    const normal = Array.from({ length: 100_000 }, () => from.normal());
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
    const waits = Array.from({ length: 100_000 }, () => from.exponential(40));
    expect(mean(waits) / 40).toBeCloseTo(1, 1);
    expect([...normal, ...waits].every((value) => Number.isFinite(value))).toBe(true);
    expect(waits.every((value) => value >= 0)).toBe(true);
  });
});

describe("fork", () => {
  it("depends on seed and name alone: drawing from one stream does not move another", () => {
    const parent = random(5);
    const before = draw(parent.fork("market"), 5);
    draw(parent, 100);
    parent.fork("latency").next();
    expect(draw(parent.fork("market"), 5)).toEqual(before);
  });

  it("gives streams of their own to every pair of seed and name, short names and the empty one too", () => {
    const names = ["", "a", "b", "c", "market", "latency", "market1", "market2"];
    const firsts = new Set<number>();
    for (let seed = 0; seed < 64; seed++) {
      firsts.add(random(seed).next());
      for (const name of names) firsts.add(random(seed).fork(name).next());
    }
    expect(firsts.size).toBe(64 * (names.length + 1));
  });

  it("can be forked again", () => {
    const [a, b] = [random(1).fork("x").fork("y"), random(1).fork("y").fork("x")];
    expect(draw(a, 3)).not.toEqual(draw(b, 3));
  });
});
