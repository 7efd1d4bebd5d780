import { describe, expect, it } from "vitest";
import type { Report } from "./group.ts";
import { rowsOf, short, tableOf } from "./table.ts";

const report: Report = {
  unit: "/s",
  figures: [
    { contender: "bare", role: "limit", rounds: [100, 200, 100] },
    {
      contender: "ours",
      role: "ours",
      rounds: [50, 100, 60],
      goals: [{ against: "bare", atLeast: 0.4 }, { against: "other", atLeast: 12 }, { atMost: 55 }],
    },
    { contender: "other", role: "peer", rounds: [5, 10, 6] },
  ],
  facts: [],
  wrong: [],
};

describe("rowsOf", () => {
  it("takes the median of the rounds, and paired ratios against limit and peer", () => {
    const [bare, ours, other] = rowsOf("group", report);
    expect([bare?.figure, bare?.limit, bare?.peer]).toEqual([100, undefined, 20]);
    expect([ours?.figure, ours?.limit, ours?.peer]).toEqual([60, 0.5, 10]);
    expect([other?.limit, other?.peer]).toEqual([0.05, undefined]);
  });

  it("says of each goal whether it was met", () => {
    const [, ours] = rowsOf("group", report);
    expect(ours?.goals.map(({ goal, met }) => [goal, met])).toEqual([
      ["≥ 0.40 × bare", true],
      ["≥ 12 × other", false],
      ["≤ 55", false],
    ]);
  });

  it("does not compare figures of different units", () => {
    const [limit] = report.figures;
    const figures = [
      limit ?? { contender: "", role: "limit", rounds: [] },
      { contender: "mb", role: "ours", rounds: [1], unit: "MB" },
    ] as const;
    expect(rowsOf("group", { ...report, figures })[1]?.limit).toBeUndefined();
  });

  it("does not let a goal against nobody pass", () => {
    const figures = [
      { contender: "ours", role: "ours", rounds: [1], goals: [{ against: "nobody", atLeast: 1 }] },
    ] as const;
    expect(() => rowsOf("group", { ...report, figures })).toThrow("no contender nobody");
  });
});

describe("tableOf", () => {
  it("is a Markdown table with what was missed by how much", () => {
    const [head, , , ours] = tableOf(rowsOf("group", report));
    expect(head).toContain("| contender");
    expect(ours).toContain("met, missed (10), missed (60)");
  });
});

describe("short", () => {
  it("keeps the digits that count", () => {
    expect([0.904, 1, 12.345, 187.4, 2_331, 44_300, 10_100_000, Number.NaN].map(short)).toEqual([
      "0.90",
      "1",
      "12.3",
      "187",
      "2331",
      "44.3 k",
      "10.1 M",
      "–",
    ]);
  });
});
