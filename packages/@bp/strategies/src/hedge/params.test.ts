// What of the hedge loop's configuration cannot be.
import { describe, expect, it } from "vitest";
import { hedgeParams } from "./params.ts";

describe("hedgeParams", () => {
  const parse = (xemm: object) =>
    hedgeParams.parse({ lead: "backpack:SOL_USDC_PERP", hedge: "aster-futures:SOLUSDT", quantity: "1", xemm });

  it("takes a margin within its band only: outside it the order would be priced anew all the time", () => {
    expect(parse({}).xemm).toMatchObject({ marginPct: "0.1", minMarginPct: "0.05", maxMarginPct: "0.2" });
    expect(() => parse({ marginPct: "0.1", minMarginPct: "0.1" })).toThrow(/must be below marginPct/);
    expect(() => parse({ marginPct: "0.3" })).toThrow(/must be above marginPct/); // the default of maxMarginPct is 0.2
    expect(() => parse({ marginPct: "0.2" })).toThrow(/maxMarginPct/);
    expect(parse({ marginPct: "0.3", maxMarginPct: "0.31", minMarginPct: "-0.1" }).xemm.enabled).toBe(false);
  });
});
