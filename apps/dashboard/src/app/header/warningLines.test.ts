import { describe, expect, it } from "vitest";
import { aFrame } from "../../panes/frame.fixture.ts";
import { warningLines } from "./warningLines.ts";

describe("warningLines", () => {
  const local = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime();
  const lines = (now: number, since: number) => {
    const frame = aFrame();
    return warningLines({
      run: { ...frame.run, marketNow: now },
      warnings: [
        { topic: "naked", level: "alert", say: "not hedged", since },
        { topic: "skew", level: "warn", say: "the clock is off" },
      ],
    });
  };

  it("dates by the market's clock, which a sandbox may have days away from the page's", () => {
    expect(lines(local(7, 13), local(7, 12))).toEqual([
      { topic: "naked", level: "alert", say: "not hedged", since: "12:00:00" },
      { topic: "skew", level: "warn", say: "the clock is off" },
    ]);
    expect(lines(local(8, 1), local(7, 12))[0]?.since).toBe("03-07 12:00:00");
  });
});
