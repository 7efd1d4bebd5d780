import { describe, expect, it } from "vitest";
import { deadlines, patienceFor } from "./deadlines.ts";

describe("deadlines", () => {
  it("leave nobody waiting for less than the answer may take", () => {
    const { work, appear, passedOn, silence } = deadlines;
    const longest = Math.max(...Object.values(work), work.plan + appear);
    expect(passedOn).toBeGreaterThan(longest);
    expect(silence).toBeGreaterThan(passedOn);
    for (const [path, atDoor] of [
      ["bots/1-a/decision?at=last", work.decision],
      ["bots/1-a/runs/x/report-link?language=en", work.report],
      ["bots/1-a/runs/x/report", work.report],
      ["start", work.plan + appear],
      ["start/plan?language=zh", work.plan],
      ["bots/1-a/journal?find=/decision", work.journal],
      ["runs", work.runs],
      ["bots/1-a/ask", deadlines.ask],
    ] as const)
      expect(patienceFor(path), path).toBeGreaterThan(atDoor);
  });
});
