import { describe, expect, it } from "vitest";
import { waitMs } from "./follow.ts";

describe("waitMs", () => {
  it("doubles up to ten seconds, and half of it is chance", () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((failures) => waitMs(failures, () => 0))).toEqual([
      250, 500, 1_000, 2_000, 4_000, 5_000, 5_000,
    ]);
    expect(waitMs(1, () => 0.999)).toBeLessThanOrEqual(500);
    expect(waitMs(9, () => 0.999)).toBeLessThanOrEqual(10_000);
  });
});
