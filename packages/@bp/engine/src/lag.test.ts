// What is late is told from what is news.
import { type Event, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createLags } from "./lag.ts";

describe("createLags", () => {
  const told = (at: number, venueAt: number): Event => ({
    type: "timer.fired",
    name: "any",
    at: millis(at),
    venueAt: millis(venueAt),
    seq: 1,
  });

  it("takes the quickest way for the usual one, however far the clocks are apart", () => {
    const lags = createLags();
    expect(lags.trueAt("v", told(100_020, 90_000))).toBe(100_020);
    expect(lags.trueAt("v", told(100_110, 90_100))).toBe(100_110);
    expect(lags.trueAt("v", told(100_240, 90_200))).toBe(100_210); // 30 ms later than the quickest
  });

  it("dates a backlog back to when it was true", () => {
    const lags = createLags();
    lags.trueAt("v", told(1_010, 1_000));
    expect(lags.trueAt("v", told(61_000, 1_500))).toBe(1_510);
    expect(lags.trueAt("v", told(61_001, 55_000))).toBe(55_010);
    expect(lags.trueAt("v", told(61_012, 61_000))).toBe(61_010);
  });

  it("believes a clock that was set after a while", () => {
    const lags = createLags();
    lags.trueAt("v", told(1_010, 1_000));
    const step = 3_600_000;
    expect(lags.trueAt("v", told(step + 2_010, 2_000))).toBe(2_010);
    for (let at = 3_000; at < 62_000; at += 1_000) lags.trueAt("v", told(step + at + 10, at));
    expect(lags.trueAt("v", told(step + 70_010, 70_000))).toBe(step + 70_010);
    expect(lags.trueAt("v", told(71_010, 71_000))).toBe(71_010); // set back: news at once
  });

  it("believes one that is said to have been set at once", () => {
    const lags = createLags();
    lags.trueAt("v", told(10_010, 10_000));
    expect(lags.trueAt("v", told(11_010, 3_000))).toBe(3_010);
    lags.forget("v");
    expect(lags.trueAt("v", told(12_010, 4_000))).toBe(12_010);
    expect(lags.trueAt("v", told(13_020, 5_000))).toBe(13_010);
  });

  it("keeps venues apart", () => {
    const lags = createLags();
    lags.trueAt("v", told(1_010, 1_000));
    expect(lags.trueAt("w", told(9_000, 1_000))).toBe(9_000);
    expect(lags.trueAt("v", told(9_000, 1_000))).toBe(1_010);
  });
});
