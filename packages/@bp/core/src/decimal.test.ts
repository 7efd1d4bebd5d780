// Decimal text on a grid against bigints: exact, refused when it must be, and back again.
import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromGrid, type Grid, gridOf, toGrid } from "./decimal.ts";
import { isBpError } from "./errors.ts";
import { bigToDecimal, type Rounding, roundToGrid, toBig } from "./exact.ts";
import { isDecimal } from "./units.ts";

const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    if (isBpError(error)) return error.code;
    throw error;
  }
};

/** Steps as venues use them, and some that nobody should. */
const step = fc.oneof(
  fc.constantFrom(
    "1",
    "0.1",
    "0.01",
    "0.00001",
    "0.00000001",
    "0.25",
    "0.5",
    "10",
    "1000",
    "0.010",
    "2.5",
    "0.000000000000000001",
  ),
  fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 12 }))
    .map(([units, digits]) => written(BigInt(units), digits)),
);

/** `units / 10^digits` as text. */
function written(units: bigint, digits: number): string {
  const text = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  const point = text.length - digits;
  return `${units < 0n ? "-" : ""}${text.slice(0, point)}${digits === 0 ? "" : `.${text.slice(point)}`}`;
}

/** The value of decimal text as a fraction over 10^30. */
function scaled(text: string): bigint {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(30, "0"));
  return text.startsWith("-") ? -units : units;
}

/** What `toGrid` must say, from the definition. */
function expected(text: string, grid: Grid): number | string {
  if (!isDecimal(text)) return "grid/not-decimal";
  const [value, size] = [scaled(text), scaled(grid.text)];
  if (value % size !== 0n) return "grid/off-grid";
  const count = value / size;
  return count > 9007199254740991n || count < -9007199254740991n ? "grid/too-large" : Number(count);
}

const digits = (min: number, max: number) =>
  fc.array(fc.constantFrom(..."0123456789".split("")), { minLength: min, maxLength: max }).map((list) => list.join(""));
const decimalText = fc
  .tuple(fc.constantFrom("", "-"), fc.oneof(digits(1, 4), digits(1, 22)), fc.oneof(digits(0, 4), digits(0, 24)))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}`);

describe("gridOf", () => {
  it("reads a step as whole units and digits, whatever zeros it ends with", () => {
    expect(gridOf("0.01")).toEqual({ text: "0.01", digits: 2, step: 1 });
    expect(gridOf("0.0100")).toEqual({ text: "0.0100", digits: 2, step: 1 });
    expect(gridOf("0.25")).toEqual({ text: "0.25", digits: 2, step: 25 });
    expect(gridOf("10")).toEqual({ text: "10", digits: 0, step: 10 });
    expect(gridOf("10.0")).toEqual({ text: "10.0", digits: 0, step: 10 });
  });

  it("refuses zero, less, what is no decimal, and steps that are not exact", () => {
    for (const bad of ["0", "0.000", "-0.01", "-0", "9007199254740993", "1.0000000000000000001"])
      expect(outcome(() => gridOf(bad))).toBe("grid/bad-step");
    for (const bad of ["", "1e-8", "abc", ".1"]) expect(outcome(() => gridOf(bad))).toBe("grid/not-decimal");
  });
});

describe("toGrid", () => {
  it("reads exactly what stands there", () => {
    expect(toGrid("150.00", gridOf("0.01"))).toBe(15_000);
    expect(toGrid("150", gridOf("0.01"))).toBe(15_000);
    expect(toGrid("61837.63000000", gridOf("0.01"))).toBe(6_183_763);
    expect(toGrid("-0.75", gridOf("0.25"))).toBe(-3);
    expect(toGrid("1.1", gridOf("0.1"))).toBe(11); // 1.1 / 0.1 is 11.000000000000002 in floats
    expect(toGrid("90071992547409.91", gridOf("0.01"))).toBe(Number.MAX_SAFE_INTEGER);
    expect(toGrid("90071992547409910", gridOf("10"))).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("never gives -0", () => {
    for (const text of ["-0", "-0.00", "-0.000000000000000000000", "0"])
      expect([text, Object.is(toGrid(text, gridOf("0.01")), 0)]).toEqual([text, true]);
  });

  it("refuses what is off the grid, malformed or too large, and says which", () => {
    const grid = gridOf("0.05");
    for (const bad of ["0.01", "0.051", "1.0500000000000000000001", "-0.02", "99999999999999999999999.01"])
      expect([bad, outcome(() => toGrid(bad, grid))]).toEqual([bad, "grid/off-grid"]);
    for (const bad of [
      "",
      "-",
      "1.",
      ".5",
      "1e5",
      "+1",
      " 1",
      "1 ",
      "1.0.0",
      "1.0x",
      "1.001x",
      "--1",
      "NaN",
      "0x1",
      "1/2",
      "1:2",
      "１",
    ])
      expect([bad, outcome(() => toGrid(bad, grid))]).toEqual([bad, "grid/not-decimal"]);
    for (const bad of ["9007199254740992.00", "999999999999999999999999", "-999999999999999999999999.00"])
      expect([bad, outcome(() => toGrid(bad, gridOf("0.01")))]).toEqual([bad, "grid/too-large"]);
    expect(outcome(() => toGrid("9".repeat(400), grid))).toBe("grid/too-large");
  });

  it("agrees with bigints on every decimal text and every step", () => {
    fc.assert(
      fc.property(decimalText, step, (text, size) => {
        const grid = gridOf(size);
        expect(outcome(() => toGrid(text, grid))).toBe(expected(text, grid));
      }),
      { numRuns: 3_000 },
    );
  });

  it("agrees with bigints on texts that are nearly decimals", () => {
    const nearly = fc
      .array(fc.constantFrom(..."0123456789..--eE+ x/:".split("")), { maxLength: 12 })
      .map((list) => list.join(""));
    fc.assert(
      fc.property(nearly, step, (text, size) => {
        const grid = gridOf(size);
        expect(outcome(() => toGrid(text, grid))).toBe(expected(text, grid));
      }),
      { numRuns: 2_000 },
    );
  });

  it("agrees with bigints just beside multiples of large steps, where a float quotient could look whole", () => {
    const size = fc.integer({ min: 2, max: 2 ** 31 });
    fc.assert(
      fc.property(size, fc.nat(), fc.constantFrom(-1n, 0n, 1n), (units, fraction, beside) => {
        const grid = gridOf(String(units));
        const most = 10n ** 15n / BigInt(units);
        const text = String((most - BigInt(fraction % 1_000)) * BigInt(units) + beside);
        expect(outcome(() => toGrid(text, grid))).toBe(expected(text, grid));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("fromGrid", () => {
  it("writes the grid's digits", () => {
    expect(fromGrid(15_000, gridOf("0.01"))).toBe("150.00");
    expect(fromGrid(5, gridOf("0.00001"))).toBe("0.00005");
    expect(fromGrid(-3, gridOf("0.25"))).toBe("-0.75");
    expect(fromGrid(7, gridOf("10"))).toBe("70");
    expect(fromGrid(-0, gridOf("0.1"))).toBe("0.0");
    expect(fromGrid(Number.MAX_SAFE_INTEGER, gridOf("0.25"))).toBe("2251799813685247.75");
    expect(fromGrid(1, gridOf("0.000000000000000001"))).toBe("0.000000000000000001");
  });

  it("refuses what is not a whole number of steps", () => {
    for (const bad of [0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])
      expect(outcome(() => fromGrid(bad, gridOf("0.01")))).toBe("grid/not-whole");
  });

  it("is the way back: text that toGrid reads as the same count, on every grid and for every count", () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer()), step, (count, size) => {
        const grid = gridOf(size);
        const text = fromGrid(count, grid);
        expect(text).toBe(written(BigInt(count) * BigInt(grid.step), grid.digits));
        expect(toGrid(text, grid)).toBe(count);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("roundToGrid", () => {
  it("rounds to the side that was asked for", () => {
    const grid = gridOf("0.05");
    const all = (text: string) => (["floor", "ceil", "nearest"] as const).map((side) => roundToGrid(text, grid, side));
    expect(all("0.12")).toEqual([2, 3, 2]);
    expect(all("0.125")).toEqual([2, 3, 3]); // half goes up
    expect(all("-0.125")).toEqual([-3, -2, -2]); // up is towards plus infinity
    expect(all("0.15")).toEqual([3, 3, 3]);
    expect(all("-0.01")).toEqual([-1, 0, 0]);
    expect(all("-0")).toEqual([0, 0, 0]);
  });

  it("agrees with bigints for every text, step and side", () => {
    const side = fc.constantFrom<Rounding>("floor", "ceil", "nearest");
    fc.assert(
      fc.property(decimalText, step, side, (text, size, rounding) => {
        const [value, unit] = [scaled(text), scaled(size)];
        const floor = value / unit - (value % unit < 0n ? 1n : 0n);
        const over = value - floor * unit;
        const up = rounding === "ceil" ? over > 0n : rounding === "nearest" && over * 2n >= unit;
        const wanted = floor + (up ? 1n : 0n);
        const safe = wanted <= 9007199254740991n && wanted >= -9007199254740991n;
        for (const input of [text, new Big(text)])
          expect(outcome(() => roundToGrid(input, gridOf(size), rounding))).toBe(
            safe ? Number(wanted) : "grid/too-large",
          );
      }),
      { numRuns: 1_500 },
    );
  });

  it("does not let a quotient of more than twenty nines become the next step", () => {
    expect(roundToGrid(`0.${"9".repeat(40)}`, gridOf("1"), "floor")).toBe(0);
    expect(roundToGrid(`0.${"0".repeat(40)}1`, gridOf("1"), "ceil")).toBe(1);
  });

  it("refuses text that is no decimal", () => {
    for (const bad of ["1e-7", "", "abc"])
      expect(outcome(() => roundToGrid(bad, gridOf("1"), "floor"))).toBe("grid/not-decimal");
  });
});

describe("bigToDecimal", () => {
  it("writes neither an exponent nor -0", () => {
    expect(bigToDecimal(new Big("1e-30"))).toBe(`0.${"0".repeat(29)}1`);
    expect(bigToDecimal(new Big("1e30"))).toBe(`1${"0".repeat(30)}`);
    expect(bigToDecimal(new Big(0).times(-5))).toBe("0");
  });
});

describe("toBig", () => {
  it("reads decimal text exactly, and nothing else", () => {
    expect(toBig("3826.8888888888888888888888889").toFixed()).toBe("3826.8888888888888888888888889");
    for (const text of ["1e-7", "", " 1", "0x10", "NaN"]) expect(() => toBig(text)).toThrow(/decimal/);
  });
});
