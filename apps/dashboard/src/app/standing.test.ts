import { describe, expect, it } from "vitest";
import { type Seen, standingOf } from "./standing.ts";

const seen: Seen = { link: "up", stale: undefined, hasFrame: true, isLate: false, bot: "b1", self: "b1" };
const standing = (more: Partial<Seen>) => standingOf({ ...seen, ...more });

describe("standingOf", () => {
  it("is old once frames are missing", () => {
    expect(standing({})).toBe("well");
    expect(standing({ stale: 3 })).toBe("old");
    expect(standing({ link: "refused" })).toBe("refused");
  });

  it("waits for the frames of a stream that has broken a moment ago", () => {
    expect(standing({ link: "down" })).toBe("well");
  });

  it("does not wait for ever for a bot that has never answered", () => {
    for (const link of ["opening", "down"] as const) {
      expect(standing({ link, hasFrame: false })).toBe("well");
      expect(standing({ link, hasFrame: false, isLate: true })).toBe("unheard");
      expect(standing({ link, isLate: true })).toBe("well");
    }
    expect(standing({ link: "missing", hasFrame: false, isLate: true })).toBe("missing");
    expect(standing({ link: "up", hasFrame: false, isLate: true })).toBe("well"); // its door says what it waits for
    expect(standing({ hasFrame: false, isLate: true, bot: undefined, self: undefined })).toBe("well");
  });

  it("is old at once of a door that has no frames and does not answer", () => {
    const none = { hasFrame: false, bot: undefined, self: undefined };
    expect(standing({ ...none, link: "down" })).toBe("old");
    expect(standing({ ...none })).toBe("well");
    expect(standing({ ...none, link: "opening" })).toBe("well");
  });

  it("tells a bot that is no more from one that never was", () => {
    expect(standing({ link: "missing", stale: 7 })).toBe("gone");
    expect(standing({ link: "missing", hasFrame: false })).toBe("missing");
  });

  it("tells a run that is over from one whose door has gone with it", () => {
    expect(standing({ link: "over", bot: "b2" })).toBe("over");
    expect(standing({ link: "over", stale: 9 })).toBe("closed");
  });
});
