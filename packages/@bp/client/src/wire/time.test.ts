import { describe, expect, it } from "vitest";
import { fromMicros, fromMillisOrMicros, fromUtcText } from "./time.ts";

describe("fromUtcText", () => {
  it("reads times without a zone as UTC, with 0 to 9 digits of fraction, `T` or space", () => {
    expect(fromUtcText("2026-09-01T17:54:04.094")).toBe(Date.UTC(2026, 8, 1, 17, 54, 4, 94));
    expect(fromUtcText("2025-08-01T16:00:00")).toBe(Date.UTC(2025, 7, 1, 16));
    expect(fromUtcText("2025-01-21T06:34:54.691858")).toBe(Date.UTC(2025, 0, 21, 6, 34, 54, 691));
    expect(fromUtcText("2026-09-01 17:23:00")).toBe(Date.UTC(2026, 8, 1, 17, 23));
  });

  it("throws for anything else", () => {
    for (const text of ["", "yesterday", "1788285244094", "2026-13-01T00:00:00"])
      expect(() => fromUtcText(text)).toThrow(/a time/);
  });
});

describe("fromMicros", () => {
  it("rounds down to milliseconds", () => {
    expect(fromMicros(1788368290062979)).toBe(1788368290062);
  });
});

describe("fromMillisOrMicros", () => {
  it("tells the two apart by their size", () => {
    expect([fromMillisOrMicros(1788368400000), fromMillisOrMicros(1788368400000000)]).toEqual([
      1788368400000, 1788368400000,
    ]);
  });
});
