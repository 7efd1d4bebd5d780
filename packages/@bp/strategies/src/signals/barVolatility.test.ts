import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bar } from "./bars.ts";
import { type BarVolatility, garmanKlass, parkinson, rogersSatchell, yangZhang } from "./barVolatility.ts";

/** A bar by logarithms: 0.01 is 1 % above 1. */
const bar = (open: number, high: number, low: number, close: number): Bar => ({
  open: Math.exp(open),
  high: Math.exp(high),
  low: Math.exp(low),
  close: Math.exp(close),
});

const all: [string, BarVolatility][] = [
  ["parkinson", parkinson],
  ["garmanKlass", garmanKlass],
  ["rogersSatchell", rogersSatchell],
  ["yangZhang", yangZhang],
];

describe("values", () => {
  it("parkinson: ln(H/L)² / (4 ln 2)", () => {
    expect(parkinson([bar(0, 0.01, -0.01, 0)]) ** 2).toBeCloseTo(0.0004 / (4 * Math.LN2), 12);
  });

  it("garmanKlass: half the squared range less 0.386 of the squared body", () => {
    expect(garmanKlass([bar(0, 0.02, -0.01, 0.01)]) ** 2).toBeCloseTo(0.00045 - (2 * Math.LN2 - 1) * 0.0001, 12);
  });

  it("rogersSatchell: a bar that only goes one way has not moved about", () => {
    expect(rogersSatchell([bar(0, 0.02, -0.01, 0.01)]) ** 2).toBeCloseTo(0.01 * 0.02 + 0.02 * 0.01, 12);
    expect(rogersSatchell([bar(0, 0.03, 0, 0.03)])).toBe(0);
    expect(parkinson([bar(0, 0.03, 0, 0.03)])).toBeGreaterThan(0);
  });

  it("yangZhang: gaps, bodies and ranges", () => {
    const bars = [bar(0, 0, 0, 0), bar(0.01, 0.02, 0, 0.01), bar(0, 0.01, -0.01, 0)]; // gaps 1 % and -1 %, bodies 0
    const weight = 0.34 / (1.34 + 3);
    const ranges = (0.01 * 0.01 + 0.01 * 0.01 + 0.01 * 0.01 + 0.01 * 0.01) / 2;
    expect(yangZhang(bars) ** 2).toBeCloseTo(0.0002 + (1 - weight) * ranges, 12);
    expect(yangZhang(bars.slice(1))).toBe(0);
  });
});

describe.each(all)("%s", (_, estimate) => {
  const step = fc.double({ min: 0, max: 0.1, noNaN: true });
  const anyBar = fc
    .tuple(fc.double({ min: -0.1, max: 0.1, noNaN: true }), fc.double({ min: -0.1, max: 0.1, noNaN: true }), step, step)
    .map(([open, close, over, under]) => bar(open, Math.max(open, close) + over, Math.min(open, close) - under, close));
  const bars = fc.array(anyBar, { minLength: 3, maxLength: 20 });

  it("does not see the scale of prices, nor which of the two assets is the quote", () => {
    fc.assert(
      fc.property(bars, fc.double({ min: 0.01, max: 1000, noNaN: true }), (list, scale) => {
        const each = (change: (price: number) => number, turned: boolean) =>
          list.map(({ open, high, low, close }) => ({
            open: change(open),
            high: change(turned ? low : high),
            low: change(turned ? high : low),
            close: change(close),
          }));
        const own = estimate(list);
        expect(estimate(each((price) => price * scale, false))).toBeCloseTo(own, 6);
        expect(estimate(each((price) => 1 / price, true))).toBeCloseTo(own, 6);
      }),
    );
  });

  it("is 0 in a market that stands still, and without bars", () => {
    expect(estimate(Array.from({ length: 5 }, () => bar(0.3, 0.3, 0.3, 0.3)))).toBe(0);
    expect(estimate([])).toBe(0);
  });
});
