import { describe, expect, it } from "vitest";
import { constantLatency, drawnLatency, tableLatency } from "./latency.ts";

describe("constantLatency", () => {
  it("takes the same time back unless told otherwise", () => {
    expect([constantLatency(5).up(0), constantLatency(5).down(0), constantLatency(5, 9).down(0)]).toEqual([5, 5, 9]);
  });
});

describe("tableLatency", () => {
  it("holds each row until the next", () => {
    const latency = tableLatency([
      [100, 1, 2],
      [200, 3, 4],
    ]);
    expect([0, 100, 199, 200, 900].map((at) => [latency.up(at), latency.down(at)])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [3, 4],
      [3, 4],
    ]);
    expect(tableLatency([]).up(5)).toBe(0);
  });
});

describe("drawnLatency", () => {
  it("is between floor and bound, about its mean, and the same for the same seed", () => {
    const draw = () => {
      const latency = drawnLatency({ seed: 4, floorMs: 10, meanMs: 5, mostMs: 40 });
      return Array.from({ length: 4_000 }, () => latency.up(0));
    };
    const drawn = draw();
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(40);
    const mean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
    expect(Math.abs(mean - 15)).toBeLessThan(0.4);
    expect(draw()).toEqual(drawn);
  });
});
