import { Big } from "@bp/core";
import { describe, expect, it } from "vitest";
import { readComparison, readSum, Unreadable } from "./expression.ts";

const values: Readonly<Record<string, string>> = { a: "0.1", "b.c-d.e": "0.2", zero: "0" };
const of = (name: string) => (values[name] === undefined ? undefined : new Big(values[name]));
const worth = (text: string) => readSum(text).value(of)?.toFixed();

describe("readSum", () => {
  it("works exactly, products before sums, brackets first", () => {
    expect(worth("a + b.c-d.e")).toBe("0.3");
    expect(worth("1 + 2 * 3 - 4 / 2")).toBe("5");
    expect(worth("-(1 + 2) * 3")).toBe("-9");
    expect(worth("8 / 2 / 2")).toBe("2");
  });

  it("has no value where a name has none, or something is divided by 0", () => {
    expect(worth("a + nobody")).toBeUndefined();
    expect(worth("1 / zero")).toBeUndefined();
  });

  it.each([
    "",
    "1 +",
    "(1",
    "1)",
    "a b",
    "a = 1",
    "a ? 1 : 2",
    "a[0]",
    "`x`",
    "x => x",
    "1e5",
    "((((((((((((((((((((((1",
  ])("does not read %j", (text) => {
    expect(() => readSum(text)).toThrow(Unreadable);
  });
});

describe("readComparison", () => {
  it("compares exactly", () => {
    expect(readComparison("a + b.c-d.e == 0.3").holds(of)).toBe(true);
    expect(readComparison("a * 3 > 0.3").holds(of)).toBe(false);
    expect(readComparison("nobody > 1").holds(of)).toBeUndefined();
    expect(readComparison("a < b.c-d.e").names).toEqual(["a", "b.c-d.e"]);
  });
});
