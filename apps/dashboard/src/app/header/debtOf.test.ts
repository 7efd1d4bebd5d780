import { describe, expect, it } from "vitest";
import { debtOf } from "./debtOf.ts";

describe("debtOf", () => {
  it("adds up what is not hedged, whichever way", () => {
    expect(debtOf([{ debt: "0.0", notional: "0" }])).toBe("0");
    expect(
      debtOf([
        { debt: "-2", notional: "-3.5" },
        { debt: "1", notional: "1.25" },
      ]),
    ).toBe("4.75");
  });

  it("knows nothing where one pair is not known", () => {
    expect(debtOf([{ debt: "1", notional: "2" }, {}])).toBe("?");
    expect(debtOf([{ debt: "1" }])).toBe("?");
  });
});
