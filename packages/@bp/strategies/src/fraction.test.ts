import { decimal } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ceil, floor, fraction, minus, over, plus, times } from "./fraction.ts";

const any = fc.record({
  top: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  bottom: fc.bigInt({ min: 1n, max: 10n ** 12n }),
});

describe("fractions", () => {
  it("read decimal text exactly", () => {
    expect(fraction(decimal("0.50"))).toEqual({ top: 50n, bottom: 100n });
    expect(fraction(decimal("-2.5"))).toEqual({ top: -25n, bottom: 10n });
    expect(fraction(decimal("7"))).toEqual({ top: 7n, bottom: 1n });
    expect(over(fraction(decimal("0.5")), 200n)).toEqual({ top: 5n, bottom: 2000n });
  });

  it("floor and ceil to the whole numbers around", () => {
    expect([floor({ top: -5n, bottom: 2n }), ceil({ top: -5n, bottom: 2n })]).toEqual([-3, -2]);
    expect([floor({ top: 6n, bottom: 2n }), ceil({ top: 6n, bottom: 2n })]).toEqual([3, 3]);
    fc.assert(
      fc.property(any, (value) => {
        const low = BigInt(floor(value));
        expect(low * value.bottom <= value.top && value.top < (low + 1n) * value.bottom).toBe(true);
        expect(ceil(value) - floor(value)).toBe(value.top % value.bottom === 0n ? 0 : 1);
      }),
    );
  });

  it("add, subtract and multiply as fractions do", () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const back = minus(plus(a, b), b);
        expect(back.top * a.bottom).toBe(a.top * back.bottom);
        const product = times(a, b);
        expect(product.top * a.bottom * b.bottom).toBe(a.top * b.top * product.bottom);
      }),
    );
  });
});
