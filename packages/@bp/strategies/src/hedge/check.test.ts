import { instrument, lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { checkHedge, hedgeCosts } from "./check.ts";
import { hedgeParams } from "./params.ts";
import { measure } from "./scale.ts";

const coin = { base: "ASTER", tickSize: "0.0001", lotSize: "1" } as const;
const lead = instrument({ ...coin, id: "backpack:ASTER_USDC_PERP", kind: "perp", quote: "USDC" });
const other = instrument({
  ...coin,
  id: "aster-futures:ASTERUSDT",
  kind: "perp",
  quote: "USDT",
  minNotional: "5",
  taker: "0.00035",
});
const spot = instrument({ ...coin, id: "aster-spot:ASTERUSDT", kind: "spot", quote: "USDT", lotSize: "0.01" });
const params = (more: Readonly<Record<string, unknown>> = {}) =>
  hedgeParams.parse({ lead: lead.id, hedge: other.id, quantity: 10, ...more });
const codes = (...of: Parameters<typeof checkHedge>) => checkHedge(...of).map(({ level, code }) => `${level} ${code}`);

describe("checkHedge", () => {
  it("S3.21 refuses what is below a minimum of either market, and says what would do", () => {
    expect(checkHedge(params(), lead, other, "0.1234")).toEqual([
      {
        level: "refuse",
        code: "too-small",
        least: "41",
        say: "10 ASTER at 0.1234 are worth 1.234, below the minimum of aster-futures:ASTERUSDT (1 ASTER and 5 USDT); use 41 or more (5.0594)",
      },
    ]);
    expect(codes(params({ quantity: "41" }), lead, other, "0.1234")).toEqual([]);
    const large = { ...lead, minSize: other.minSize, lotSize: coin.lotSize } as typeof lead;
    expect(codes(params({ quantity: "0.5" }), large, other, "20")).toEqual(["refuse too-small"]);
  });

  it("says when the quantity is not in steps of both", () => {
    expect(codes(params({ quantity: "10.5" }), lead, other, "1.72")).toEqual(["warn off-grid"]);
    expect(codes(params({ quantity: "10.0" }), lead, other, "1.72")).toEqual([]);
  });

  it("refuses to sell coins first that are not there, and two coins that are not the same", () => {
    expect(codes(params({ sideFirst: "buy" }), lead, spot, "1.72")).toEqual(["refuse short-spot"]);
    expect(codes(params(), lead, spot, "1.72")).toEqual([]);
    expect(codes(params(), lead, { ...other, base: "SOL" }, "1.72")).toEqual(["refuse coins"]);
  });
});

describe("what checkHedge says", () => {
  const says = (...of: Parameters<typeof checkHedge>) => checkHedge(...of).map(({ say }) => say);

  it("names the coins, the side that would do, and the quantity that is traded", () => {
    expect(says(params(), lead, { ...other, base: "SOL" }, "1.72")).toEqual([
      "aster-futures:ASTERUSDT is SOL, backpack:ASTER_USDC_PERP is ASTER",
    ]);
    expect(says(params({ sideFirst: "buy" }), lead, spot, "1.72")).toEqual([
      "aster-spot:ASTERUSDT is spot and cannot be sold first: choose sideFirst sell, or a perpetual",
    ]);
    const coins = { ...spot, id: lead.id };
    expect(says(params(), coins, other, "1.72")).toEqual([
      "backpack:ASTER_USDC_PERP is spot and cannot be sold first: choose sideFirst buy, or a perpetual",
    ]);
    expect(says(params({ quantity: "10.5" }), lead, other, "1.72")).toEqual([
      "10.5 ASTER is 10 in steps that both markets trade",
    ]);
  });

  it("names the market whose minimum it is below, by size, by notional, or by the steps of both", () => {
    const large = { ...lead, minSize: lots(20) };
    expect(says(params(), large, other, "1.72")).toEqual([
      "10 ASTER at 1.72 are worth 17.2, below the minimum of backpack:ASTER_USDC_PERP (20 ASTER); use 20 or more (34.4)",
    ]);
    expect(says(params({ quantity: "2" }), lead, other, "1.72")).toEqual([
      "2 ASTER at 1.72 are worth 3.44, below the minimum of aster-futures:ASTERUSDT (1 ASTER and 5 USDT); use 3 or more (5.16)",
    ]);
  });
});

describe("hedgeCosts", () => {
  it("is two makings and two takings: 0.0189 for 10 at 1.72", () => {
    expect(hedgeCosts(params(), lead, other, "1.72")).toEqual({ fees: "0.01892", offset: "0.0688" });
  });
});

describe("measure", () => {
  it("counts both markets in the largest unit that both are made of", () => {
    const fine = { ...lead, lotSize: spot.lotSize };
    expect(measure(params({ quantity: "10.55" }), lead, other)).toMatchObject({ atom: "1", leadLot: 1, quantity: 10 });
    expect(measure(params({ quantity: "10.55" }), fine, other)).toMatchObject({
      atom: "0.01",
      leadLot: 1,
      hedgeLot: 100,
      quantity: 1_000,
    });
    const odd = { ...lead, lotSize: "0.4" as typeof lead.lotSize };
    const even = { ...other, lotSize: "0.6" as typeof lead.lotSize };
    expect(measure(params({ quantity: "10" }), odd, even)).toMatchObject({
      atom: "0.2",
      leadLot: 2,
      hedgeLot: 3,
      quantity: 48,
    });
  });
});

describe("hedgeParams", () => {
  it("takes numbers and text alike, and the table's defaults", () => {
    expect(params()).toEqual(params({ quantity: "10" }));
    expect(params()).toMatchObject({ offsetPct: "0.2", legWaitMs: 10_000, legLimitMs: 300_000, maxNakedMs: 10_000 });
    expect(params().carry.enabled || params().xemm.enabled).toBe(false);
  });

  it("refuses one market for both sides, also of two accounts", () => {
    expect(() => params({ hedge: "backpack-2:ASTER_USDC_PERP" })).toThrow("must be another market than lead");
    expect(() => params({ quantity: 0 })).toThrow("above 0");
    expect(() => params({ quantities: 1 })).toThrow("quantities");
  });
});
