import { random } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Arrivals, fitIntensity, noArrivals, withStep } from "./intensity.ts";

/** Counts that are as λ says, in steps of 100 ms. */
const exact = (arrivals: number, decay: number, depths: number, steps = 1e6): Arrivals => ({
  deeper: Array.from({ length: depths }, (_, depth) => arrivals * Math.exp(-decay * depth) * 0.1 * steps),
  steps,
});

describe("fitIntensity", () => {
  it("finds A and k again", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.integer({ min: 3, max: 15 }),
        (arrivals, decay, depths) => {
          const found = fitIntensity(exact(arrivals, decay, depths), 100, 0.9);
          expect(found?.arrivals).toBeCloseTo(arrivals, 6);
          expect(found?.decay).toBeCloseTo(decay, 6);
          expect(found?.fit).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it("finds them from steps that were lived through", () => {
    const chance = random(5);
    let counted = noArrivals(12);
    for (let step = 0; step < 100_000; step++) {
      const traded = chance.next() < 0.3; // 3 a second, of depths that fall off by e^-0.2
      counted = withStep(counted, traded ? -Math.log(1 - chance.next()) / 0.2 : undefined, 1);
    }
    const found = fitIntensity(counted, 100, 0.9);
    expect(found?.arrivals).toBeGreaterThan(2.8);
    expect(found?.arrivals).toBeLessThan(3.2);
    expect(found?.decay).toBeGreaterThan(0.18);
    expect(found?.decay).toBeLessThan(0.22);
  });

  it("refuses arrivals that do not fall with depth, and lines that do not fit", () => {
    expect(fitIntensity({ deeper: [5, 6, 7, 8], steps: 100 }, 100, 0)).toBeUndefined();
    expect(fitIntensity({ deeper: [5, 5, 5, 5], steps: 100 }, 100, 0)).toBeUndefined();
    const crooked = { deeper: [90, 3, 80, 2, 70], steps: 100 };
    expect(fitIntensity(crooked, 100, 0.9)).toBeUndefined();
    expect(fitIntensity(crooked, 100, 0)).toBeDefined();
  });

  it("says nothing of what it has hardly seen", () => {
    expect(fitIntensity(noArrivals(10), 100, 0.5)).toBeUndefined();
    expect(fitIntensity({ deeper: [9, 4, 0, 0], steps: 100 }, 100, 0)).toBeUndefined();
    expect(fitIntensity({ deeper: [9, 4, 2, 0], steps: 100 }, 100, 0)).toBeDefined(); // what was never reached has no logarithm
  });
});

describe("withStep", () => {
  it("counts depths that a trade went beyond, and lets the past fade", () => {
    const once = withStep(noArrivals(4), 2.5, 0.5);
    expect(once).toEqual({ deeper: [1, 1, 1, 0], steps: 1 });
    expect(withStep(once, undefined, 0.5)).toEqual({ deeper: [0.5, 0.5, 0.5, 0], steps: 1.5 });
    expect(withStep(once, 1, 1)).toEqual({ deeper: [2, 1, 1, 0], steps: 2 }); // deeper than 0 and not than 1
  });
});
