import { random } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ewmaVariance, perRootSecond, realizedVolatility, twoScaleVariance } from "./volatility.ts";

const prices = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 2, maxLength: 60 });

describe("realizedVolatility", () => {
  it("is the root of the mean squared change, trend or not", () => {
    expect(realizedVolatility([100, 103, 99])).toBe(Math.sqrt((9 + 16) / 2));
    expect(realizedVolatility([100, 102, 104, 106])).toBe(2);
    expect(realizedVolatility([100])).toBe(0);
  });

  it("is the same upside down, moved and run backwards, and grows with the scale", () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 2, max: 9 }), (list, scale) => {
        const own = realizedVolatility(list);
        expect(realizedVolatility(list.map((each) => 7 - each))).toBeCloseTo(own, 6);
        expect(realizedVolatility(list.toReversed())).toBeCloseTo(own, 6);
        expect(realizedVolatility(list.map((each) => each * scale)) / scale).toBeCloseTo(own, 6);
      }),
    );
  });
});

describe("ewmaVariance", () => {
  it("begins with the first change, then lets the past fade", () => {
    expect(ewmaVariance(undefined, -3, 0.94)).toBe(9);
    expect(ewmaVariance(9, 1, 0.75)).toBe(7);
  });

  it("stays between the smallest and the largest squared change", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1 }), (changes) => {
        let variance: number | undefined;
        for (const change of changes) variance = ewmaVariance(variance, change, 0.9);
        const squares = changes.map((each) => each * each);
        expect(variance).toBeGreaterThanOrEqual(Math.min(...squares) - 1e-9);
        expect(variance).toBeLessThanOrEqual(Math.max(...squares) + 1e-9);
      }),
    );
  });
});

describe("twoScaleVariance", () => {
  const steps = 20_000;
  const chance = random(3);
  let at = 0;
  const walk = Array.from({ length: steps + 1 }, () => {
    at += chance.next() < 0.5 ? 1 : -1;
    return at;
  });

  it("finds the variance of a walk of unit steps", () => {
    expect(twoScaleVariance(walk, 10) / steps).toBeGreaterThan(0.9);
    expect(twoScaleVariance(walk, 10) / steps).toBeLessThan(1.1);
  });

  it("finds it under a bounce that makes plain sums nine times too large", () => {
    const bounced = walk.map((price) => price + (chance.next() < 0.5 ? 2 : -2));
    expect(realizedVolatility(bounced) ** 2).toBeGreaterThan(8.5);
    expect(twoScaleVariance(bounced, 50) / steps).toBeGreaterThan(0.8);
    expect(twoScaleVariance(bounced, 50) / steps).toBeLessThan(1.2);
  });

  it("is 0 for a bounce alone or for too few prices, and never below", () => {
    expect(twoScaleVariance([1, 2, 1, 2, 1, 2, 1, 2], 2)).toBe(0);
    expect(twoScaleVariance([1, 2], 5)).toBe(0);
    fc.assert(
      fc.property(prices, (list) => {
        expect(twoScaleVariance(list, 3)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("perRootSecond", () => {
  it("goes with the root of time", () => {
    expect(perRootSecond(10, 100_000)).toBe(1);
    expect(perRootSecond(1, 250)).toBe(2);
  });
});
