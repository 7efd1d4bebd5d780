import { describe, expect, it } from "vitest";
import { frameFixture } from "./frame.fixture.ts";
import { healthOf, staleMs } from "./health.ts";
import { createKnown } from "./known.ts";

describe("createKnown", () => {
  it("has no line of a run that shows nothing any more, from when its health is stale on", () => {
    let now = 0;
    const known = createKnown({ put: () => undefined }, () => now);
    const both = () => [known.brief?.net, healthOf(known.frame, known.ageMs(), true).stale];
    const shows = () => known.took({ frame: frameFixture(), news: [], fills: [] });
    expect(both()).toEqual([undefined, true]);
    shows();
    now += staleMs - 1;
    expect(both()).toEqual(["2.5", false]);
    now += 1;
    expect(both()).toEqual([undefined, true]);
    shows();
    expect(both()).toEqual(["2.5", false]);
  });
});
