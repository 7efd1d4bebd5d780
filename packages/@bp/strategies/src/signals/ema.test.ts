import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ema, emaWeight } from "./ema.ts";

describe("ema", () => {
  it("begins with the first value and goes part of the way to each new one", () => {
    expect(ema(undefined, 10, 0.25)).toBe(10);
    expect(ema(10, 20, 0.25)).toBe(12.5);
  });

  it("stays between what it has seen", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1 }), (values) => {
        let average: number | undefined;
        for (const value of values) average = ema(average, value, 0.3);
        expect(average).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(average).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });
});

describe("emaWeight", () => {
  it("is a half after the half-life, and 0 after no time", () => {
    expect(emaWeight(5_000, 5_000)).toBe(0.5);
    expect(emaWeight(0, 5_000)).toBe(0);
  });

  it("does not depend on how a stretch is cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000 }), fc.integer({ min: 1, max: 9_000 }), (first, second) => {
        const left = (ms: number) => 1 - emaWeight(ms, 3_000);
        expect(left(first) * left(second)).toBeCloseTo(left(first + second), 9);
      }),
    );
  });
});
