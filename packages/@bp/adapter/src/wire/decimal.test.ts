import { decimal as exact } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, decimalOrNull, fromBasisPoints, sum, trimmed } from "./decimal.ts";

// A number of units of 10^-digits, and its text.
const term = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, digits]) => {
    const all = String(units < 0n ? -units : units).padStart(digits + 1, "0");
    const whole = `${units < 0n ? "-" : ""}${all.slice(0, all.length - digits)}`;
    return {
      scaled: units * 10n ** BigInt(12 - digits),
      text: exact(digits === 0 ? whole : `${whole}.${all.slice(-digits)}`),
    };
  });

/** Text as units of 10^-12. */
function scaledOf(text: string): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(12, "0"));
}

describe("decimal", () => {
  it("keeps text as it came", () => {
    expect(decimal.parse("3826.8888888888888888888888889")).toBe("3826.8888888888888888888888889");
  });

  it("takes a bare number and writes it without an exponent", () => {
    expect([1e-7, 1.5e-9, 1e21, 1.25e22, -2e-7, 98.96, 0].map((each) => decimal.parse(each))).toEqual([
      "0.0000001",
      "0.0000000015",
      "1000000000000000000000",
      "12500000000000000000000",
      "-0.0000002",
      "98.96",
      "0",
    ]);
  });

  it("refuses what is no exact decimal", () => {
    for (const each of ["1e-7", "", "+1", "1.", ".5", "NaN", Number.NaN, null, true, {}])
      expect(decimal.safeParse(each).success).toBe(false);
  });

  it("is null where nothing stands, if that may be", () => {
    expect([undefined, null].map((each) => decimalOrNull.parse(each))).toEqual([null, null]);
  });
});

describe("sum", () => {
  it("is exact", () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
        const expected = terms.reduce((total, { scaled }) => total + scaled, 0n);
        expect(scaledOf(sum(...terms.map(({ text }) => text)))).toBe(expected);
      }),
    );
  });

  it("writes no minus before nothing", () => {
    expect(sum(exact("-0.5"), exact("0.5"))).toBe("0");
  });
});

describe("trimmed", () => {
  it("takes away only zeros that mean nothing", () => {
    expect(["98.90", "5.00", "100", "0.10", "0"].map((each) => trimmed(exact(each)))).toEqual([
      "98.9",
      "5",
      "100",
      "0.1",
      "0",
    ]);
  });
});

describe("fromBasisPoints", () => {
  it("is a ten-thousandth", () => {
    expect(["2", "-0.5", "10", "0", "8.5"].map((each) => fromBasisPoints(exact(each)))).toEqual([
      "0.0002",
      "-0.00005",
      "0.001",
      "0",
      "0.00085",
    ]);
  });
});
