import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byShare, printsOnly, queueAfter } from "./queue.ts";

describe("queueAfter", () => {
  it("leaves the front alone when prints explain the decrease", () => {
    expect(queueAfter(40, 100, 40, 60, byShare(2))).toBe(40);
    expect(queueAfter(40, 100, 120, 0, byShare(2))).toBe(40);
  });

  it("lets everything leave from behind for a pessimist", () => {
    expect(queueAfter(100, 160, 100, 0, printsOnly)).toBe(100);
    expect(queueAfter(100, 160, 90, 0, printsOnly)).toBe(90);
  });

  it("splits by the share behind to the power of n", () => {
    expect(queueAfter(100, 200, 100, 0, byShare(1))).toBe(50);
    expect(queueAfter(100, 300, 250, 0, byShare(2))).toBe(90); // 4/5 of 50 from behind
  });

  it("stays between nothing and the level, and never grows", () => {
    const size = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        (front, behind, after, printed, n) => {
          for (const model of [printsOnly, byShare(n)]) {
            const now = queueAfter(front, front + behind, after, printed, model);
            expect(now).toBeGreaterThanOrEqual(0);
            expect(now).toBeLessThanOrEqual(Math.min(front, after));
          }
        },
      ),
    );
  });
});
