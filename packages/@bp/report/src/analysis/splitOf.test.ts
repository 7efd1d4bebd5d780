// A split that is not what the book beside it says does not pass for whole.
import { Big, instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { type SplitPart, splitOf } from "./splitOf.ts";
import { createSplitSums } from "./splitSums.ts";

const perp = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.1",
  lotSize: "0.01",
});
const zero = new Big(0);

/** Bought 2 at 100, marked at 103: 6 earned, 206 and 200 of it went through the book. */
function part(booked: number): SplitPart {
  const sums = createSplitSums(5);
  sums.fill(200, 1_000);
  const fees = { paid: zero, rebates: zero, basePaid: zero, baseRebates: zero, base: zero, unconverted: [] };
  const split = sums.split({ instrument: perp, mark: new Big(103), carried: [], fees, funding: zero });
  return { split, rate: new Big(1), booked, turned: 406 };
}

describe("splitOf", () => {
  it("has nothing left where the book beside it says the same, but for its rounding", () => {
    expect(splitOf([part(6)])).toMatchObject({ equityChange: "6", residual: "0" });
    expect(splitOf([part(6 + 1e-8), part(6 - 1e-8)])).toMatchObject({ equityChange: "12", residual: "0" });
    expect(splitOf([]).residual).toBe("0");
  });

  it("says what the book lacks: a fill that one of them counted twice, a fee that one of them forgot", () => {
    expect(splitOf([part(12)]).residual).toBe("-6");
    expect(splitOf([part(6), part(5.98)]).residual).toBe("0.02");
    expect(splitOf([part(Number.NaN)]).residual).toBe("6");
  });
});
