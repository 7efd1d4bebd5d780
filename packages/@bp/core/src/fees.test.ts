// Fees as the venues charge them.
import { describe, expect, it } from "vitest";
import { bigToDecimal } from "./exact.ts";
import { feeInQuote, feeOf } from "./fees.ts";
import { instrument } from "./instrument.ts";
import { decimal, lots, ticks } from "./units.ts";

const sketch = {
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
  maker: "-0.0001",
  taker: "0.0005",
} as const;
const spot = instrument({ ...sketch, id: "backpack:SOL_USDC", kind: "spot" });
const perp = instrument({ ...sketch, id: "backpack:SOL_USDC_PERP", kind: "perp" });
const trade = { price: ticks(15_000), size: lots(200) }; // 2 SOL at 150
const shown = ({ amount, asset }: ReturnType<typeof feeOf>) => [bigToDecimal(amount), asset];

describe("feeOf", () => {
  it("charges a spot buy in base, and a spot sale in quote", () => {
    expect(shown(feeOf(spot, { ...trade, side: "buy", liquidity: "taker" }))).toEqual(["0.001", "SOL"]);
    expect(shown(feeOf(spot, { ...trade, side: "sell", liquidity: "taker" }))).toEqual(["0.15", "USDC"]);
  });

  it("charges a perpetual in quote on both sides", () => {
    for (const side of ["buy", "sell"] as const)
      expect(shown(feeOf(perp, { ...trade, side, liquidity: "taker" }))).toEqual(["0.15", "USDC"]);
  });

  it("gives a rebate as a negative fee", () => {
    expect(shown(feeOf(perp, { ...trade, side: "buy", liquidity: "maker" }))).toEqual(["-0.03", "USDC"]);
  });
});

describe("feeInQuote", () => {
  it("takes a fee in quote as it is, a rebate too, and one in base at the price of its trade", () => {
    const price = ticks(15_000);
    expect(feeInQuote(perp, { price, fee: decimal("-0.03"), feeAsset: "USDC" }).toFixed()).toBe("-0.03");
    expect(feeInQuote(spot, { price, fee: decimal("0.001"), feeAsset: "SOL" }).toFixed()).toBe("0.15");
  });
});
