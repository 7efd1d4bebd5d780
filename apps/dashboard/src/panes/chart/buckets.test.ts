import { describe, expect, it } from "vitest";
import { bucketsOf, lastBucket, stepOf } from "./buckets.ts";
import type { Point } from "./points.ts";

const point = (at: number, mid: number | null): Point => ({ at, mid, bid: mid, ask: mid, position: 0, net: 1 });

describe("bucketsOf", () => {
  it("makes candles of the mid", () => {
    const points = [10, 12, 9, 11].map((mid, index) => point(100 + index, mid));
    expect(bucketsOf(points, 10, 0)).toEqual([
      { time: 100, open: 10, high: 12, low: 9, close: 11, bid: 11, ask: 11, position: 0, net: 1 },
    ]);
  });

  it("leaves a gap where nobody looked, and where nothing was known", () => {
    const buckets = bucketsOf([point(100, 1), point(102, null), point(108, 2)], 2, 0);
    expect(buckets.map(({ time, close }) => [time, close])).toEqual([
      [100, 1],
      [102, undefined],
      [104, undefined],
      [106, undefined],
      [108, 2],
    ]);
  });

  it("begins where it is asked to, and updates the newest span as the whole would have it", () => {
    const points = [point(100, 1), point(110, 3), point(111, 2)];
    expect(bucketsOf(points, 10, 105).map(({ time }) => time)).toEqual([110]);
    expect(lastBucket(points, 10)).toEqual(bucketsOf(points, 10, 0).at(-1));
    expect(lastBucket([], 10)).toBeUndefined();
  });

  it("does not fill a year of silence span by span", () => {
    expect(bucketsOf([point(0, 1), point(31_536_000, 1)], 2, 0).length).toBeLessThan(2_100);
  });
});

describe("stepOf", () => {
  it("fits all there is into a thousand spans", () => {
    expect(stepOf("1h", [])).toBe(6);
    expect(stepOf("all", [])).toBe(2);
    expect(stepOf("all", [point(0, 1), point(86_400, 1)])).toBe(120);
    expect(stepOf("all", [point(0, 1), point(1e9, 1)])).toBe(86_400);
  });
});
