import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { foldsOf, splittingOf } from "./split.ts";

const [from, to] = [millis(0), millis(100_000)];
const text = (holdOut: unknown, walkForward?: unknown) =>
  foldsOf(splittingOf(holdOut, walkForward), from, to).map(({ train, test }) =>
    [train, test].map((each) => (each === undefined ? "-" : `${each.name} ${each.from}-${each.to}`)).join(", "),
  );

describe("foldsOf", () => {
  it("takes all where nothing is split", () => {
    expect(text(undefined)).toEqual(["all 0-100000, -"]);
  });

  it("keeps the end back", () => {
    expect(text(0.3)).toEqual(["train 0-70000, test 70000-100000"]);
    expect(text({ share: 0.3, gap: 10 })).toEqual(["train 0-60000, test 70000-100000"]);
  });

  it("walks forward, rolling or anchored, and never tests on what it chose on", () => {
    expect(text(undefined, { folds: 2, train: 2 })).toEqual([
      "train 1 0-50000, test 1 50000-75000",
      "train 2 25000-75000, test 2 75000-100000",
    ]);
    expect(text(undefined, { folds: 2, train: 2, form: "anchored", gap: 5 })).toEqual([
      "train 1 0-45000, test 1 50000-75000",
      "train 2 0-70000, test 2 75000-100000",
    ]);
  });

  it("refuses parts that are too short", () => {
    expect(() => foldsOf(splittingOf({ share: 0.5, gap: 50 }, undefined), from, to)).toThrow(/train of 0 ms/);
    expect(() => foldsOf(splittingOf(undefined, { folds: 100, train: 1 }), from, to)).toThrow(/train 1 of 990 ms/);
  });
});
