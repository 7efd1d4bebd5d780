import { describe, expect, it } from "vitest";
import { thinned } from "./thin.ts";

describe("thinned", () => {
  it("keeps the first, the last, the lowest and the highest, in order", () => {
    const at = Array.from({ length: 10_000 }, (_, nth) => nth);
    const value = at.map((each) => (each === 4_321 ? -9 : each === 8_765 ? 9 : Math.sin(each)));
    const line = thinned({ at, value }, 100);
    expect(line.at.length).toBeLessThanOrEqual(100);
    expect(line.at).toEqual(line.at.toSorted((a, b) => a - b));
    expect([line.at[0], line.at.at(-1)]).toEqual([0, 9_999]);
    expect(line.at).toContain(4_321);
    expect(line.at).toContain(8_765);
  });

  it("leaves a short line as it is, without what is no number", () => {
    expect(thinned({ at: [1, 2, 3], value: [1, Number.NaN, 3] }, 10)).toEqual({ at: [1, 3], value: [1, 3] });
    expect(thinned({ at: [], value: [] }, 10)).toEqual({ at: [], value: [] });
  });
});
