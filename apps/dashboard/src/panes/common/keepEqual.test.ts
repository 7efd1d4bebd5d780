import { describe, expect, it } from "vitest";
import { keepEqual } from "./keepEqual.ts";

describe("keepEqual", () => {
  it("gives the old object where nothing has changed", () => {
    const before = { a: [1, { b: "2" }], c: undefined };
    expect(keepEqual(before, structuredClone(before))).toBe(before);
  });

  it("keeps what is equal inside of what has changed", () => {
    const before = { bids: [["1", "2"]], asks: [["3", "4"]] };
    const after = keepEqual(before, { bids: [["1", "2"]], asks: [["3", "5"]] });
    expect(after.bids).toBe(before.bids);
    expect(after.asks).toEqual([["3", "5"]]);
  });

  it("sees what has gone, what has come, and another shape", () => {
    expect(keepEqual({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(keepEqual({ a: 1 }, { a: 1, b: undefined })).toEqual({ a: 1, b: undefined });
    expect(keepEqual({ a: 1, c: 1 }, { a: 1, b: undefined })).toEqual({ a: 1, b: undefined });
    expect(keepEqual([1, 2], [1])).toEqual([1]);
    expect(keepEqual([1], { 0: 1 })).toEqual({ 0: 1 });
    expect(keepEqual(undefined, { a: 1 })).toEqual({ a: 1 });
    expect(keepEqual({ a: 1 }, null)).toBeNull();
  });
});
