import { describe, expect, it } from "vitest";
import { debtClock } from "./debt.ts";

describe("debtClock", () => {
  it("fills while a pair is unhedged, and says when that has lasted too long", () => {
    const pair = { debt: "0.5", since: 1_000, maxNakedMs: 4_000 };
    expect(debtClock(pair, 2_000)).toEqual({ state: "open", forMs: 1_000, share: 0.25 });
    expect(debtClock(pair, 5_000)).toEqual({ state: "open", forMs: 4_000, share: 1 });
    expect(debtClock(pair, 9_000)).toEqual({ state: "late", forMs: 8_000, share: 1 });
    expect(debtClock(pair, 500)).toEqual({ state: "open", forMs: 0, share: 0 });
  });

  it("does not take unknown for hedged", () => {
    expect(debtClock({ maxNakedMs: 4_000 }, 2_000)).toEqual({ state: "unknown", share: 0 });
    expect(debtClock({ debt: "0", maxNakedMs: 4_000 }, 2_000)).toEqual({ state: "hedged", share: 0 });
  });

  it("is full at once where no time is allowed", () => {
    expect(debtClock({ debt: "1", since: 1, maxNakedMs: 0 }, 2)).toMatchObject({ state: "late", share: 1 });
  });
});
