import { lots, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takingPrice, xemmBuy, xemmMargin, xemmSell } from "./xemm.ts";

const terms = { taking: 100, margin: 0.003, cost: 0.0007 };

describe("xemmBuy and xemmSell", () => {
  it("stand at 99.631364 and 100.371374 around 100 for 0.3 % after 0.07 %", () => {
    expect(xemmBuy(terms).toFixed(6)).toBe("99.631364");
    expect(xemmSell(terms).toFixed(6)).toBe("100.371374");
  });

  it("leave their margin when they are hedged at once", () => {
    const part = fc.double({ min: 0.0001, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e5, noNaN: true }), part, part, (taking, margin, cost) => {
        expect(xemmMargin("buy", xemmBuy({ taking, margin, cost }), { taking, cost })).toBeCloseTo(margin, 10);
        expect(xemmMargin("sell", xemmSell({ taking, margin, cost }), { taking, cost })).toBeCloseTo(margin, 10);
      }),
    );
  });
});

describe("takingPrice", () => {
  const levels = [
    [ticks(100), lots(5)],
    [ticks(102), lots(15)],
  ] as const;

  it("weighs the levels by what is taken of each", () => {
    expect(takingPrice(levels, 5)).toBe(100);
    expect(takingPrice(levels, 20)).toBe(101.5);
  });

  it("is unknown where there is not so much", () => {
    expect(takingPrice(levels, 21)).toBeUndefined();
    expect(takingPrice([], 1)).toBeUndefined();
  });

  it("is unknown for nothing", () => {
    expect(takingPrice(levels, 0)).toBeUndefined();
  });
});
