import { describe, expect, it } from "vitest";
import { canonical, compare, forDrawing, minus, over, plus, share, signOf, times } from "./decimal.ts";

describe("arithmetic on decimal text", () => {
  it("is exact where floats are not", () => {
    expect(plus("0.1", "0.2")).toBe("0.3");
    expect(minus("1.000000000000000001", "1")).toBe("0.000000000000000001");
    expect(times("-0.07", "100.5")).toBe("-7.035");
    expect(over("1", "3", 6)).toBe("0.333333");
    expect(over("-1", "8", 2)).toBe("-0.12");
  });

  it("reads powers of ten as they come out of a decimal library", () => {
    expect(plus("1e-7", "1E+3")).toBe("1000.0000001");
  });

  it("keeps the unknown unknown", () => {
    expect(plus(undefined, "1")).toBeUndefined();
    expect(minus("1", undefined)).toBeUndefined();
    expect(times(undefined, undefined)).toBeUndefined();
    expect(over("1", "0", 2)).toBeUndefined();
    expect(plus("–", "1")).toBeUndefined();
    expect(plus("", "1")).toBeUndefined();
    expect(plus(".", "1")).toBeUndefined();
  });

  it("compares by value, not by how it is written", () => {
    expect(compare("150.10", "150.1")).toBe(0);
    expect(compare("9", "10")).toBeLessThan(0);
    expect(compare("-1", "-2")).toBeGreaterThan(0);
    expect(compare("1", "none")).toBeLessThan(0);
    // fifteen digits, and one more than a double can tell apart
    expect(compare("99999999999999", "99999999999998")).toBeGreaterThan(0);
    expect(compare("9007199254740993.1", "9007199254740993.2")).toBeLessThan(0);
  });

  it("knows signs, and zeros however long", () => {
    expect([signOf("-0.00"), signOf("-0.01"), signOf("+3"), signOf(undefined), signOf("x")]).toEqual([
      0,
      -1,
      1,
      undefined,
      undefined,
    ]);
  });

  it("has one writing for each number", () => {
    expect(["150.10", "1.501e2", "00150.1"].map(canonical)).toEqual(["150.1", "150.1", "150.1"]);
    expect(canonical("-0")).toBe("0");
    expect(canonical("n/a")).toBe("n/a");
  });
});

describe("figures for drawing", () => {
  it("are never wider than the whole, and nothing where nothing is known", () => {
    expect(share(5, 2)).toBe(1);
    expect(share(-1, 2)).toBe(0);
    expect(share(1, 0)).toBe(0);
    expect(forDrawing(undefined)).toBe(0);
    expect(forDrawing("x")).toBe(0);
    expect(forDrawing("1.5")).toBe(1.5);
  });
});
