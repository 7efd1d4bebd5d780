import { isBpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { countPoints, gridTrials, randomTrials } from "./points.ts";
import { spaceOf } from "./space.ts";

const spread = "strategies.maker.params.spread";
const orders = "strategies.maker.params.max-orders";

function complaint(section: unknown): string {
  try {
    spaceOf(section);
  } catch (error) {
    if (isBpError(error, "config/invalid")) return error.message;
    throw error;
  }
  return "";
}

const range = (said: unknown) => spaceOf({ values: { [spread]: said } });
const listOf = (said: unknown) => [...gridTrials(range(said))].map((values) => values[spread]);

describe("spaceOf", () => {
  it("refuses an objective of figures that outcomes do not have", () => {
    const section = { values: { x: [1, 2] }, objective: "net/maxDrawdwon" };
    expect(() => spaceOf(section, () => undefined, ["maxDrawdown"])).toThrow(
      /sweep.objective.*net, maxDrawdown.*maxDrawdwon is none/,
    );
    expect(spaceOf({ ...section, objective: "net/maxDrawdown" }, () => undefined, ["maxDrawdown"]).objective.text).toBe(
      "net/maxDrawdown",
    );
  });

  it("counts a range in exact decimals, its end included", () => {
    expect(listOf({ from: 0.1, to: 0.7, step: 0.1 })).toEqual(["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]); // 0.1 + 0.2 is 0.3
    expect(listOf({ from: "-2", to: "2", step: "2" })).toEqual(["-2", "0", "2"]);
    expect(listOf({ from: 1, to: 2, count: 5 })).toEqual(["1", "1.25", "1.5", "1.75", "2"]);
    expect(listOf({ from: 3, to: 3, step: 1 })).toEqual(["3"]);
  });

  it("takes a list as it is written", () => {
    expect(listOf([true, "mid", 3])).toEqual([true, "mid", 3]);
  });

  it("counts on a logarithmic scale, both ends exact", () => {
    expect(listOf({ from: 0.001, to: 10, scale: "log", count: 5 })).toEqual(["0.001", "0.01", "0.1", "1", "10"]);
    expect(listOf({ from: 1, to: 4, scale: "log", count: 5, decimals: 0 })).toEqual(["1", "2", "3", "4"]);
  });

  it.each([
    [{ from: 2, to: 1, step: 1 }, /sweep\.values\..*\.to: found "1", expected 2 or more.*no value in it/],
    [{ from: 0, to: 1, step: 0.3 }, /a whole number of steps of 0.3 from 0; write 0.9 or 1.2/],
    [{ from: 0, to: 1, step: 0 }, /step: found "0", expected above 0/],
    [{ from: 0, to: 1, step: -1 }, /above 0/],
    [{ from: 0, to: 1 }, /one of the two/],
    [{ from: 0, to: 1, step: 1, count: 2 }, /one of the two/],
    [{ from: 0, to: 1, count: 4 }, /exact decimals; say the step instead/],
    [{ from: 0, to: 1, scale: "log", count: 3 }, /from: found "0", expected above 0/],
    [{ from: 1, to: 2, scale: "cubic", count: 3 }, /linear or log/],
    [{ from: 1, to: 2, stepp: 1 }, /stepp: found "an unknown key"/],
    [{ from: "1e3", to: 2, step: 1 }, /from: found "1e3", expected a plain decimal/],
    [{ from: Number.NaN, to: 2, step: 1 }, /plain decimal/],
    [[], /an empty list, expected at least one value/],
    [[1, "1"], /a value that the list has not yet/],
    [[{ a: 1 }], /\.0: found a group of keys/],
    [7, /expected a group of keys/],
  ])("refuses %j", (said, why) => {
    expect(complaint({ values: { [spread]: said } })).toMatch(why);
  });

  it.each([
    [{}, /sweep\.values: found nothing/],
    [{ values: {} }, /sweep\.values/],
    [[], /sweep: found an empty list/],
    [{ values: { a: [1] }, budget: 3 }, /sweep\.budget: found "an unknown key"/],
    [{ values: { a: [1] }, constraints: ["a <"] }, /constraints\.0.*a name or a number/],
    [{ values: { a: [1] }, constraints: ["a < 1; process.exit()"] }, /constraints\.0/],
    [{ values: { a: [1] }, constraints: ["b < 1"] }, /b is neither/],
    [{ values: { "x.a": [1], "y.a": [2] }, constraints: ["a < 1"] }, /not one alone/],
    [{ values: { a: [1] }, objective: "net/" }, /sweep\.objective/],
    [{ values: { a: [1] }, objective: { maximise: "net", minimise: "wear" } }, /sweep\.objective/],
    [{ values: { a: [1] }, search: "genetic" }, /grid, random or direct/],
    [{ values: { a: [1] }, trials: 0 }, /sweep\.trials/],
    [{ values: { a: [1] }, seed: -1 }, /sweep\.seed/],
    [{ values: { a: [1] }, holdOut: 1 }, /holdOut\.share/],
    [{ values: { a: [1] }, holdOut: 0.3, walkForward: { folds: 2 } }, /one of the two/],
    [{ values: { a: [1] }, walkForward: { folds: 0 } }, /walkForward\.folds/],
  ])("refuses %j as a section", (section, why) => {
    expect(complaint(section)).toMatch(why);
  });

  it("keeps what constraints allow, over swept values and others, exactly", () => {
    const space = spaceOf(
      {
        values: { [spread]: { from: 0.1, to: 0.3, step: 0.1 }, [orders]: [1, 2, 3] },
        constraints: [`spread * ${orders} <= limits.most`, `${orders} != 2`],
      },
      (path) => (path === "limits.most" ? "0.3" : undefined),
    );
    expect([...gridTrials(space)].map((each) => `${String(each[spread])} ${String(each[orders])}`)).toEqual([
      "0.1 1",
      "0.1 3", // 0.1 * 3 is 0.3, not more
      "0.2 1",
      "0.3 1",
    ]);
    expect(countPoints(space)).toEqual({ points: 4, exact: true });
  });

  it("counts ten million points without walking through them", () => {
    const many = { from: 1, to: 10_000, step: 1 };
    const space = spaceOf({ values: { a: many, b: { from: 1, to: 1_000, step: 1 } }, constraints: ["a > b"] });
    expect(countPoints(space)).toEqual({ points: 10_000_000, exact: false });
  });
});

describe("randomTrials", () => {
  const space = spaceOf({
    values: { a: { from: 1, to: 50, step: 1 }, b: { from: 1, to: 50, step: 1 } },
    constraints: ["a != b"],
  });
  const drawn = (seed: number, count: number) =>
    [...randomTrials(space, seed, count)].map((each) => JSON.stringify(each));

  it("draws the same points from the same seed, none of them twice", () => {
    const points = drawn(7, 300);
    expect(points).toEqual(drawn(7, 300));
    expect(points).not.toEqual(drawn(8, 300));
    expect(new Set(points).size).toBe(300);
  });

  it("begins a longer list as a shorter one", () => {
    expect(drawn(7, 300).slice(0, 100)).toEqual(drawn(7, 100));
  });

  it("ends where the space does", () => {
    expect(drawn(1, 9_999)).toHaveLength(50 * 49);
  });
});
