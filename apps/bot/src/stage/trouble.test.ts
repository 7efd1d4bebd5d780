import { BpError, manualClock } from "@bp/core";
import { describe, expect, it } from "vitest";
import { tellTroubles } from "./trouble.ts";

describe("tellTroubles", () => {
  it("tells the first of a kind at once, and the others of a minute as a number", () => {
    const clock = manualClock(0);
    const lines: string[] = [];
    const tell = tellTroubles(clock, (line) => lines.push(line));
    const silent = new BpError("transport/silent", { subject: "depth.SOL_USDC", ms: 15_000 });
    const bad = new BpError("wire/not-json", { what: "frame", raw: "{" });
    for (const error of [silent, silent, bad, silent]) tell(error);
    expect(lines).toEqual([
      "trouble: depth.SOL_USDC has been silent for 15000 ms [transport/silent]",
      "trouble: frame is not JSON: { [wire/not-json]",
    ]);
    clock.advance(60_000);
    tell(silent);
    expect(lines.at(-1)).toBe(
      "trouble: depth.SOL_USDC has been silent for 15000 ms [transport/silent] (and 2 more of the kind before)",
    );
  });
});
