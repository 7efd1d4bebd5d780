import { describe, expect, it } from "vitest";
import { aMarket } from "../frame.fixture.ts";
import { en } from "../words/en.ts";
import { touchTold } from "./touchTold.ts";

const market = aMarket({ bids: [["100", "4"]], asks: [["100.1", "1"]], last: "100.1", mark: "100.05" });

describe("touchTold", () => {
  it("says what is drawn between the sides, and of a spot market no mark", () => {
    expect(touchTold(market, en)).toBe("Mid 100.05, Spread 0.1, 9.9 bps, Last 100.10, Mark 100.05");
    expect(touchTold({ ...market, kind: "spot" }, en)).toBe("Mid 100.05, Spread 0.1, 9.9 bps, Last 100.10");
  });

  it("warns of a book that is crossed", () => {
    expect(touchTold({ ...market, bids: [["101", "1"]] }, en)).toContain(", crossed, ");
  });

  it("claims nothing of an empty side", () => {
    expect(touchTold({ ...market, bids: [] }, en)).toMatch(/^Mid –, Spread –, – bps, Last 100\.10/);
  });
});
