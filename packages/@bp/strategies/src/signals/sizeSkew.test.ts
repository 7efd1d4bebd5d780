import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sizeSkew } from "./sizeSkew.ts";

describe("sizeSkew", () => {
  it.each([
    [0, 2, 0],
    [150, 1.5, 0.5],
    [300, 1, 1],
    [450, 0.5, 1.5],
    [600, 0, 2],
    [9_999, 0, 2],
    [-9_999, 2, 0],
  ])("holding %d of 300, with a range of 300: bids %d, asks %d", (value, bid, ask) => {
    expect(sizeSkew(value, 300, 300)).toEqual({ bid, ask });
  });

  it("always offers twice in all, and the same in any unit", () => {
    const any = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(any, any, fc.double({ min: 1, max: 1e6, noNaN: true }), (value, target, range) => {
        const { bid, ask } = sizeSkew(value, target, range);
        expect(bid + ask).toBeCloseTo(2, 9);
        expect(sizeSkew(value * 8, target * 8, range * 8).bid).toBeCloseTo(bid, 9);
        expect(sizeSkew(-value, -target, range).bid).toBeCloseTo(ask, 9);
      }),
    );
  });
});
