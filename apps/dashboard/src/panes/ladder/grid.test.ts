import { describe, expect, it } from "vitest";
import { gridOf, linesHigh } from "./grid.ts";

describe("gridOf", () => {
  it("begins and ends with the picture, and leaves no gap between two lines", () => {
    const { top } = gridOf({ width: 306, height: 705, ratio: 1 });
    expect([top(0), top(linesHigh)]).toEqual([0, 705]);
    for (let line = 0; line < linesHigh; line += 1) {
      expect(Number.isInteger(top(line))).toBe(true);
      expect([22, 23]).toContain(top(line + 1) - top(line));
    }
  });

  it("has whole pixels for its columns at any ratio", () => {
    for (const ratio of [1, 1.25, 1.5, 2]) {
      const { barFrom, barTo, sizeTo, ownFrom } = gridOf({ width: 331, height: 704, ratio });
      for (const edge of [barFrom, barTo, sizeTo, ownFrom]) expect(Number.isInteger(edge)).toBe(true);
      expect(barFrom).toBeLessThan(sizeTo);
      expect(sizeTo).toBeLessThan(barTo);
      expect(barTo).toBeLessThan(ownFrom);
    }
  });
});
