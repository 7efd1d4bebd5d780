import { describe, expect, it } from "vitest";
import { beliefIn, touchNow } from "./touch.ts";

describe("touchNow", () => {
  it("counts exactly", () => {
    expect(touchNow({ bids: [["150.1", "1"]], asks: [["150.12", "1"]] })).toEqual({
      bid: "150.1",
      ask: "150.12",
      spread: "0.02",
      spreadBps: "1.3",
      mid: "150.11",
      crossed: false,
    });
  });

  it("says nothing of what an empty side hides", () => {
    expect(touchNow({ bids: [["1", "1"]], asks: [] })).toEqual({ bid: "1", crossed: false });
    expect(touchNow({ bids: [], asks: [] })).toEqual({ crossed: false });
  });

  it("says when bid and ask have met or crossed", () => {
    expect(touchNow({ bids: [["2", "1"]], asks: [["2.0", "1"]] })).toMatchObject({ spread: "0", crossed: true });
    expect(touchNow({ bids: [["3", "1"]], asks: [["2", "1"]] })).toMatchObject({ spread: "-1", crossed: true });
  });
});

describe("beliefIn", () => {
  it("tells never seen, not to be trusted, old and good apart", () => {
    expect(beliefIn({ bookIsValid: false, bookAt: 0 }, 9_000)).toEqual({ belief: "none" });
    expect(beliefIn({ bookIsValid: false, bookAt: 8_000 }, 9_000)).toEqual({ belief: "invalid", ageMs: 1_000 });
    expect(beliefIn({ bookIsValid: true, bookAt: 3_000 }, 9_000)).toEqual({ belief: "old", ageMs: 6_000 });
    expect(beliefIn({ bookIsValid: true, bookAt: 9_001 }, 9_000)).toEqual({ belief: "good", ageMs: 0 });
  });
});
