import { describe, expect, it } from "vitest";
import { cellOf, isFigure, levelText, wordFor } from "./words.ts";

const words = { "phase.leg1": "First leg", "state.idle": "idle" };

describe("wordFor", () => {
  it("translates keys, and shows the last part of those it does not know", () => {
    expect(wordFor("phase.leg1", words)).toBe("First leg");
    expect(wordFor("phase.newOne", words)).toBe("newOne");
  });

  it("leaves alone what is no key", () => {
    for (const text of ["150.10", "3 / 5", "0.5 @ 150.1", "backpack-2", "#4", "", "constructor"])
      expect(wordFor(text, words)).toBe(text);
  });
});

describe("cellOf, levelText, isFigure", () => {
  it("reads cells with a tone, and without", () => {
    expect(cellOf({ say: "state.idle", tone: "quiet" }, words)).toEqual({ say: "idle", tone: "quiet" });
    expect(cellOf({ say: "state.odd" }, words)).toEqual({ say: "odd", tone: "" });
    expect(cellOf("1.5", words)).toEqual({ say: "1.5", tone: "" });
  });

  it("has a text for each level", () => {
    expect(levelText({ label: "#3" }, words)).toBe("#3");
    expect(levelText({ label: "level.cost" }, words)).toBe("cost");
  });

  it("tells figures from words", () => {
    expect(["1.5", "-3", "▶ 4", "12 %"].map(isFigure)).toEqual([true, true, true, true]);
    expect(["idle", "0.5 @ 150", ""].map(isFigure)).toEqual([false, false, false]);
  });
});
