import { describe, expect, it } from "vitest";
import { median, pairedRatio, quantile, slope } from "./stats.ts";

describe("median", () => {
  it("is the middle value, or halfway between the two in the middle", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  it("is not a number where there are no values", () => {
    expect(median([])).toBeNaN();
  });
});

describe("quantile", () => {
  it("goes from the least to the greatest and interpolates between", () => {
    const values = [30, 10, 20];
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile(values, share))).toEqual([10, 15, 20, 28, 30]);
  });
});

describe("pairedRatio", () => {
  it("compares round by round, so that a slow round of both changes nothing", () => {
    expect(pairedRatio([50, 5, 50], [100, 10, 100])).toBe(0.5);
  });

  it("looks at the rounds that both have", () => {
    expect(pairedRatio([1, 1, 9], [2, 2])).toBe(0.5);
    expect(pairedRatio([], [1])).toBeNaN();
  });
});

describe("slope", () => {
  it("is the growth a step, whatever the level", () => {
    const points = [0, 1, 2, 3].map((x) => [x, 140 + 2.5 * x] as const);
    expect(slope(points)).toBeCloseTo(2.5);
  });
});
