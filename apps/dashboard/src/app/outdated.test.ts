import { describe, expect, it } from "vitest";
import { isOutdated } from "./outdated.ts";

describe("isOutdated", () => {
  it("is said once frames are missing, or none will come", () => {
    expect(isOutdated("up", undefined, true)).toBe(false);
    expect(isOutdated("up", 3, true)).toBe(true);
    for (const link of ["refused", "over", "missing"] as const) expect(isOutdated(link, undefined, true)).toBe(true);
  });

  it("waits for the frames of a stream that has broken a moment ago", () => {
    expect(isOutdated("down", undefined, true)).toBe(false);
  });

  it("is said at once of a door that has no frames and does not answer", () => {
    expect(isOutdated("down", undefined, false)).toBe(true);
    expect(isOutdated("up", undefined, false)).toBe(false);
    expect(isOutdated("opening", undefined, false)).toBe(false);
  });
});
