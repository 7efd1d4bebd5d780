import { describe, expect, it } from "vitest";
import { directSearch } from "./search.ts";
import { spaceOf } from "./space.ts";
import type { SweepValues } from "./trial.ts";

const space = spaceOf({
  values: { x: { from: -5, to: 5, step: 0.01 }, y: { from: -5, to: 5, step: 0.01 } }, // a million points
  constraints: ["x + y < 9"],
});
const at = (values: SweepValues, name: string) => Number(values[name]);
/** Highest at 1.23, -2.34. */
const hill = (values: SweepValues) => -((at(values, "x") - 1.23) ** 2) - (at(values, "y") + 2.34) ** 2;

function climb(score: (values: SweepValues) => number, most: number) {
  const search = directSearch(space);
  const asked: SweepValues[] = [];
  while (asked.length < most) {
    const points = search.ask();
    if (points.length === 0) break;
    asked.push(...points);
    search.tell(points.map(score));
  }
  return asked;
}

describe("directSearch", () => {
  it("finds the top of a hill of a million points with some hundred questions", () => {
    const asked = climb(hill, 400);
    expect(Math.max(...asked.map(hill))).toBeGreaterThan(-0.001);
  });

  it("asks the same after the same answers, and nothing twice", () => {
    const names = climb(hill, 300).map((each) => JSON.stringify(each));
    expect(climb(hill, 300).map((each) => JSON.stringify(each))).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  it("never asks for what a constraint forbids, and goes on where points fail", () => {
    const asked = climb((values) => (at(values, "x") < 0 ? Number.NEGATIVE_INFINITY : hill(values)), 400);
    expect(asked.every((each) => at(each, "x") + at(each, "y") < 9)).toBe(true);
    expect(Math.max(...asked.map(hill))).toBeGreaterThan(-0.01);
  });

  it("sees all of a small space, then has nothing to ask", () => {
    const small = directSearch(spaceOf({ values: { x: [1, 2, 3, 4, 5], fair: ["mid", "last"] } }));
    const seen: string[] = [];
    for (let points = small.ask(); points.length > 0; points = small.ask()) {
      seen.push(...points.map((each) => JSON.stringify(each)));
      small.tell(points.map((each) => at(each, "x")));
    }
    expect(new Set(seen).size).toBe(10);
    expect(seen).toHaveLength(10);
  });
});
