// Instruments: their grids, their money and their filters.
import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBpError } from "./errors.ts";
import { bigToDecimal } from "./exact.ts";
import { type Candidate, fits } from "./fits.ts";
import { type Instrument, instrument, priceText, sizeText, symbolOf, toLots, toTicks, venueOf } from "./instrument.ts";
import { gridsOf, leastUnits, notionalOf, notionalUnits, priceToBig, sizeToBig } from "./money.ts";
import { decimal, lots, ticks } from "./units.ts";

const codeOf = (act: () => unknown): string => {
  try {
    return `no failure, ${String(act())}`;
  } catch (error) {
    return isBpError(error) ? error.code : String(error);
  }
};

const sol = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.001",
  minSize: "0.01",
  minNotional: "5",
});
const order: Candidate = {
  side: "buy",
  price: ticks(15_000),
  size: lots(1_000),
  postOnly: true,
  reduceOnly: false,
};
const reasonOf = (market: Partial<Instrument>, change: Partial<Candidate> = {}, mark?: number) =>
  fits({ ...sol, ...market }, { ...order, ...change }, mark)?.reason;

describe("instrument", () => {
  it("fills in sensible defaults", () => {
    expect(sol).toMatchObject({ minSize: 10, maxSize: undefined, minPrice: 1, band: undefined, state: "open" });
    expect([sol.fundingIntervalMs, sol.margin]).toEqual([undefined, undefined]);
    const perp = instrument({ ...sol, id: "backpack:SOL_USDC_PERP", kind: "perp", minSize: "0.001" });
    expect([perp.minSize, perp.fundingIntervalMs, perp.margin?.initial.base]).toEqual([1, 3_600_000, "0.02"]);
  });

  it("refuses steps and sizes that cannot be", () => {
    const sketch = { ...sol, minSize: "0.01" };
    expect(codeOf(() => instrument({ ...sketch, tickSize: "0" }))).toBe("grid/bad-step");
    expect(codeOf(() => instrument({ ...sketch, lotSize: "1e-3" }))).toBe("grid/not-decimal");
    expect(codeOf(() => instrument({ ...sketch, minSize: "0.0105" }))).toBe("grid/off-grid");
    expect(codeOf(() => instrument({ ...sketch, maker: "2bps" }))).toBe("grid/not-decimal");
  });
});

describe("gridsOf", () => {
  it("is read once for each instrument", () => {
    expect(gridsOf(sol)).toBe(gridsOf(sol));
    expect(bigToDecimal(gridsOf(sol).unit)).toBe("0.00001");
  });
});

describe("toTicks, toLots, priceText, sizeText", () => {
  it("are each other's way back", () => {
    expect([toTicks(sol, "150.5"), toLots(sol, "0.25")]).toEqual([15_050, 250]);
    expect([priceText(sol, ticks(15_050)), sizeText(sol, lots(-250))]).toEqual(["150.50", "-0.250"]);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(toTicks(sol, priceText(sol, ticks(count)))).toBe(count);
        expect(toLots(sol, sizeText(sol, lots(count)))).toBe(count);
      }),
    );
  });

  it("refuse text off the grid", () => {
    expect(codeOf(() => toTicks(sol, "150.505"))).toBe("grid/off-grid");
    expect(codeOf(() => toLots(sol, "0.0001"))).toBe("grid/off-grid");
  });
});

describe("notionalOf", () => {
  it("is price times size in quote, exactly, with the size's sign", () => {
    expect(bigToDecimal(notionalOf(sol, ticks(15_050), lots(-1)))).toBe("-0.1505");
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeInteger(), (price, size) => {
        const wanted = BigInt(price) * BigInt(size);
        const found = notionalOf(sol, ticks(price), lots(size)).times(100_000);
        expect(bigToDecimal(found)).toBe(String(wanted));
      }),
    );
  });

  it("agrees with price and size as money", () => {
    const [price, size] = [ticks(12_345), lots(678)];
    expect(
      priceToBig(sol, price)
        .times(sizeToBig(sol, size))
        .eq(notionalOf(sol, price, size)),
    ).toBe(true);
  });
});

describe("notionalUnits", () => {
  it("rounds down, so that what is below the amount in tick-lots is below it in money", () => {
    expect(notionalUnits(sol, decimal("5"))).toBe(500_000);
    expect(notionalUnits(sol, decimal("5.000009"))).toBe(500_000);
    expect(notionalUnits(sol, new Big("1e-30"))).toBe(0);
    expect(notionalUnits(sol, new Big(`4.99999${"9".repeat(40)}`))).toBe(499_999);
    expect(notionalUnits(sol, decimal("-0.000001"))).toBe(-1);
  });

  it("is never above 2^53 - 1", () => {
    expect(notionalUnits(sol, decimal("1000000000000000000"))).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("leastUnits", () => {
  it("is what an order must be worth, rounded up to whole tick-lots", () => {
    expect(leastUnits(sol)).toBe(500_000);
    expect(leastUnits({ ...sol, minNotional: decimal("5.000001") })).toBe(500_001);
    expect(leastUnits({ ...sol, minNotional: decimal("0") })).toBe(0);
  });
});

describe("venueOf, symbolOf", () => {
  it("part an id at its first colon", () => {
    expect([venueOf("backpack-2:SOL_USDC_PERP"), symbolOf("backpack-2:SOL_USDC_PERP")]).toEqual([
      "backpack-2",
      "SOL_USDC_PERP",
    ]);
    expect(symbolOf("x:a:b")).toBe("a:b");
  });
});

describe("fits", () => {
  it("lets an order through that the venue would take", () => {
    expect(fits(sol, order)).toBeUndefined();
    expect(fits(sol, order, 15_000)).toBeUndefined();
  });

  it("knows what each state of the market takes", () => {
    expect(reasonOf({ state: "closed" })).toBe("closed");
    expect(reasonOf({ state: "cancel-only" })).toBe("closed");
    expect(reasonOf({ state: "post-only" })).toBeUndefined();
    expect(reasonOf({ state: "post-only" }, { postOnly: false })).toBe("closed");
    expect(reasonOf({ state: "limit-only" }, { postOnly: false })).toBeUndefined();
  });

  it("holds the size between its bounds, both included", () => {
    expect(reasonOf({ minNotional: decimal("0") }, { size: lots(9) })).toBe("below-minimum");
    expect(reasonOf({ minNotional: decimal("0") }, { size: lots(10) })).toBeUndefined();
    expect(reasonOf({ maxSize: lots(1_000) })).toBeUndefined();
    expect(reasonOf({ maxSize: lots(999) })).toBe("other");
  });

  it("holds the price between its bounds, both included", () => {
    expect(reasonOf({ minPrice: ticks(15_000), maxPrice: ticks(15_000) })).toBeUndefined();
    expect(reasonOf({ minPrice: ticks(15_001) })).toBe("price-band");
    expect(reasonOf({ maxPrice: ticks(14_999) })).toBe("price-band");
  });

  it("asks for the least notional, exactly, but not of an order that only reduces", () => {
    expect(reasonOf({ minNotional: decimal("150") })).toBeUndefined(); // 150.00 × 1
    expect(reasonOf({ minNotional: decimal("150.000001") })).toBe("below-minimum");
    expect(reasonOf({ minNotional: decimal("150.000001") }, { reduceOnly: true })).toBeUndefined();
  });

  it("agrees with money arithmetic about the least notional", () => {
    const text = fc
      .integer({ min: 0, max: 10 ** 9 })
      .map((units) => decimal(`${Math.floor(units / 10 ** 6)}.${String(units % 10 ** 6).padStart(6, "0")}`));
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 10, max: 1_000 }),
        (least, price, size) => {
          const low = notionalOf(sol, ticks(price), lots(size)).lt(least);
          expect(reasonOf({ minNotional: least }, { price: ticks(price), size: lots(size) })).toBe(
            low ? "below-minimum" : undefined,
          );
        },
      ),
    );
  });

  it("keeps the price in the band around the mark, where both are known", () => {
    const band = { min: 0.9, max: 1.1 };
    expect(reasonOf({ band }, {}, 13_000)).toBe("price-band");
    expect(reasonOf({ band }, {}, 17_000)).toBe("price-band");
    expect(reasonOf({ band }, {}, 14_000)).toBeUndefined();
    expect(reasonOf({ band }, {}, undefined)).toBeUndefined();
  });

  it("says the figures a person needs", () => {
    expect(fits(sol, { ...order, size: lots(9) })?.text).toBe("size 0.009 is below 0.010");
    expect(fits(sol, { ...order, price: ticks(100), size: lots(10) })?.text).toBe("notional 0.01 is below 5 USDC");
  });
});
