import { describe, expect, it } from "vitest";
import { isSeenIn } from "./useInView.ts";

describe("isSeenIn", () => {
  it("goes by the newest of several that a busy browser tells at once", () => {
    expect(isSeenIn([{ isIntersecting: false }, { isIntersecting: true }])).toBe(true);
    expect(isSeenIn([{ isIntersecting: true }, { isIntersecting: false }])).toBe(false);
  });

  it("takes for seen what nothing is known of", () => {
    expect(isSeenIn([])).toBe(true);
  });
});
