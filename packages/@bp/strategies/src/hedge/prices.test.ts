import { decimal } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highestLead, legPrice, lowestLead } from "./prices.ts";

const offset = { top: 2n, bottom: 1_000n };
const fees = { maker: decimal("0.0002"), taker: decimal("0.00035") };
const same = { top: 1n, bottom: 1n };

describe("legPrice", () => {
  it("S3.1, S3.2, S3.3 gives both legs of the small coin and the larger one in each way of rounding", () => {
    const legs = (last: number, rounding: "nearest" | "passive" | "floor") => [
      legPrice(last, "sell", offset, rounding),
      legPrice(last, "buy", offset, rounding),
    ];
    expect(legs(1_234, "nearest")).toEqual([1_236, 1_232]);
    expect(legs(17_200, "nearest")).toEqual([17_234, 17_166]);
    expect(legs(1_234, "passive")).toEqual([1_237, 1_231]);
    expect(legs(17_200, "passive")).toEqual([17_235, 17_165]);
    expect(legs(1_234, "floor")).toEqual([1_236, 1_231]);
    expect(legs(17_200, "floor")).toEqual([17_234, 17_165]);
  });

  it("takes a middle between two ticks", () => {
    expect(legPrice(1_000.5, "sell", { top: 0n, bottom: 1n }, "passive")).toBe(1_001);
    expect(legPrice(1_000.5, "buy", { top: 0n, bottom: 1n }, "passive")).toBe(1_000);
  });

  it("passive is never nearer to the market than nearest, and the two are at most a tick apart", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.bigInt(0n, 500n), (last, top) => {
        const part = { top, bottom: 10_000n };
        const sale = legPrice(last, "sell", part, "passive") - legPrice(last, "sell", part, "nearest");
        const purchase = legPrice(last, "buy", part, "nearest") - legPrice(last, "buy", part, "passive");
        expect([0, 1]).toContain(sale);
        expect([0, 1]).toContain(purchase);
      }),
    );
  });
});

describe("lowestLead and highestLead", () => {
  const edge = { top: 1n, bottom: 10_000n };

  it("S3.27 asks for 1.7212 at an ask of 1.7200, and mirrors it below a bid", () => {
    expect(lowestLead(17_200, { ...fees, edge, tickRatio: same })).toBe(17_212); // 1.72112
    expect(highestLead(17_200, { ...fees, edge, tickRatio: same })).toBe(17_188); // 1.71888
  });

  it("reads a hedge with other ticks", () => {
    const finer = { ...fees, edge, tickRatio: { top: 1n, bottom: 10n } };
    expect(lowestLead(172_000, finer)).toBe(17_212);
  });
});
