import { describe, expect, it } from "vitest";
import type { ViewTable } from "../../contract/index.ts";
import { gaugeOf, latticeOf } from "./lattice.ts";

const table: ViewTable = {
  title: "ladder.rungs",
  columns: ["column.rung", "column.price"],
  rows: [
    ["1", "150"],
    ["2", "149.5"],
  ],
};
const level = (role: string, price: string) => ({ market: "m", role, label: `level.${role}`, price });

describe("latticeOf", () => {
  it("puts prices that mean something between the rows, and where the market is", () => {
    const levels = [
      level("cost", "149.9"),
      level("take-profit", "151"),
      level("rung", "149.5"),
      level("cost", "149.9"),
    ];
    const rows = latticeOf(table, { levels, facts: [{ label: "fact.price", value: "149.7" }] });
    expect(rows?.map((row) => (row.kind === "row" ? row.cells[0] : row.role))).toEqual([
      "take-profit",
      "1",
      "cost",
      "now",
      "2",
    ]);
  });

  it("leaves alone what has no prices", () => {
    const none = { levels: [], facts: [] };
    expect(latticeOf({ ...table, columns: ["column.cell", "column.range"] }, none)).toBeUndefined();
    expect(latticeOf({ ...table, rows: [["1", ""]] }, none)).toBeUndefined();
    expect(latticeOf({ ...table, rows: [] }, none)).toEqual([]);
  });
});

describe("gaugeOf", () => {
  const facts = (inventory: string, line = "5", cap = "10") => [
    { label: "fact.inventory", value: inventory },
    { label: "fact.line", value: line },
    { label: "fact.cap", value: cap },
  ];

  it("stands between the limits, and at the end beyond them", () => {
    expect(gaugeOf(facts("-2.5"))).toEqual({ held: -0.25, line: 0.5 });
    expect(gaugeOf(facts("25"))).toEqual({ held: 1, line: 0.5 });
  });

  it("is not there where a limit or what is held is not known", () => {
    expect(gaugeOf([])).toBeUndefined();
    expect(gaugeOf(facts("–"))).toBeUndefined();
    expect(gaugeOf(facts("1", "5", "0"))).toBeUndefined();
  });
});
