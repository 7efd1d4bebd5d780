import { manualClock } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPurse } from "./index.ts";

describe("createPurse", () => {
  it("is at least as full as the venue said within the window, and never fuller than ours and the venue's together", () => {
    const step = fc.record({
      pass: fc.integer({ min: 0, max: 600 }),
      spend: fc.integer({ min: 0, max: 5 }),
      told: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const clock = manualClock(0);
        const purse = createPurse({ capacity: 50, perMs: 1_000, reserved: 0.2, clock });
        let ours = 0;
        let highest = 0;
        for (const { pass, spend, told } of steps) {
          clock.advance(pass);
          purse.window.now();
          purse.window.add(spend);
          ours += spend;
          if (told !== undefined) purse.observe(told);
          highest = Math.max(highest, told ?? 0);
          expect(purse.usage().used).toBeGreaterThanOrEqual(told ?? 0);
          expect(purse.usage().used).toBeLessThanOrEqual(ours + highest);
        }
        clock.advance(1_000);
        expect(purse.usage().used).toBe(0);
      }),
    );
  });

  it("takes another capacity, and keeps what was spent", () => {
    const purse = createPurse({ capacity: 10, perMs: 1_000, reserved: 0.5, clock: manualClock(0) });
    purse.window.add(4);
    purse.resize(20);
    expect([purse.limitOf("trade"), purse.limitOf("cancel"), purse.usage().used]).toEqual([10, 20, 4]);
    for (const capacity of [0, Number.NaN]) expect(() => purse.resize(capacity)).toThrow("budget.capacity");
    expect(purse.usage().capacity).toBe(20);
  });
});
