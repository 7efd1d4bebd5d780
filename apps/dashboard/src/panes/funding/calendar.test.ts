import { describe, expect, it } from "vitest";
import { aMarket, noon } from "../frame.fixture.ts";
import { fundingStamps } from "./calendar.ts";

const position = { size: "-2", realized: "0", fees: "0", funding: "0" };

describe("fundingStamps", () => {
  it("says what the present position would pay or get", () => {
    expect(fundingStamps([aMarket()], noon)[0]).toMatchObject({ leftMs: 3_600_000, gets: "-0.0225165" }); // 1.5 long pays
    expect(fundingStamps([aMarket({ position })], noon)[0]).toMatchObject({ gets: "0.030022" });
    expect(fundingStamps([aMarket({ position, fundingRate: -0.0001 })], noon)[0]).toMatchObject({ gets: "-0.030022" });
  });

  it("pays nothing when flat, and does not know what an unknown position pays", () => {
    expect(fundingStamps([aMarket({ position: { ...position, size: "0" } })], noon)[0]?.gets).toBe("0");
    const { position: _, ...unknown } = aMarket();
    expect(fundingStamps([unknown], noon)[0]).not.toHaveProperty("gets");
    const { mark: __, ...unmarked } = aMarket();
    expect(fundingStamps([unmarked], noon)[0]).not.toHaveProperty("gets");
    const { fundingRate: ___, ...unrated } = aMarket();
    expect(fundingStamps([unrated], noon)[0]).not.toHaveProperty("gets");
  });

  it("counts a day and a year only where the interval is told", () => {
    expect(fundingStamps([aMarket()], noon)[0]).not.toHaveProperty("perDay");
    const [stamp] = fundingStamps([{ ...aMarket(), fundingIntervalMs: 28_800_000 }], noon);
    expect(stamp?.perDay).toBeCloseTo(0.0003, 12);
    expect(stamp?.perYear).toBeCloseTo(0.1095, 12);
  });

  it("has the next stamp first, the unknown last, and no spot market", () => {
    const { fundingAt: _, ...unknown } = aMarket({ id: "unknown" });
    const later = aMarket({ id: "later", fundingAt: noon + 7_200_000 });
    const spot = aMarket({ id: "spot", kind: "spot" });
    expect(fundingStamps([unknown, later, spot, aMarket()], noon).map(({ market }) => market)).toEqual([
      "backpack:SOL_USDC_PERP",
      "later",
      "unknown",
    ]);
  });

  it("waits at nothing where a stamp has passed", () => {
    expect(fundingStamps([aMarket({ fundingAt: noon - 1 })], noon)[0]?.leftMs).toBe(0);
  });
});
