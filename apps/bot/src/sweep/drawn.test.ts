import { spaceOf } from "@bp/backtest";
import { describe, expect, it } from "vitest";
import { checkDraws, shortDraw } from "./drawn.ts";
import { measureFirst } from "./measure.ts";
import { part } from "./space.fixture.ts";

/** A million points. */
const values = { a: { from: 0, to: 999, step: 1 }, b: { from: 0, to: 999, step: 1 } };
const check = (constraints: readonly string[], more: object = {}) => {
  const section = { values, search: "random", trials: 200, ...more };
  return checkDraws(spaceOf({ ...section, constraints }), (one) => spaceOf({ ...section, constraints: [one] }));
};
const reason = (constraints: readonly string[], more: object = {}) =>
  check(constraints, more).then(
    () => "",
    (error: unknown) => String(error),
  );

describe("checkDraws", { timeout: 180_000 }, () => {
  it("refuses a constraint that nothing meets: which one, of how many, and what to do", async () => {
    const why = await reason(["a < 500", "a > b + 2000"]);
    expect(why).toMatch(
      /sweep\.constraints: found 9\d,\d{3} points drawn, of which "a > b \+ 2000" was met by 0, "a < 500" was met by 4\d,\d{3}, all together by 0, expected constraints that 200 points meet; loosen the constraint/,
    );
    expect(why).not.toMatch(/--trials/);
  });

  it("says how many met one that hardly anything meets, and those many are made", async () => {
    const why = await reason(["a * b > 997000"]);
    const [, found = ""] = /"a \* b > 997000" was met by ([1-9])[ ,].*--trials \1 makes those/.exec(why) ?? [];
    expect(why).toMatch(/drawn/);
    expect(found).not.toBe("");
    await check(["a * b > 997000"], { trials: Number(found) });
  });

  it("lets a search go on that still finds points after many draws, however many it is asked for", async () => {
    const large = { values: { a: { from: 0, to: 9_999, step: 1 }, b: { from: 0, to: 9_999, step: 1 } } };
    for (const trials of [4_010, 10_000, 100_000]) expect(await reason(["a < 20"], { ...large, trials })).toBe("");
  });

  it("lets through a space of which nearly all is drawn: that is every point there is", async () => {
    const middling = { values: { a: { from: 1, to: 300, step: 1 }, b: { from: 1, to: 200, step: 1 } } };
    expect(await reason(["a < 26"], { ...middling, trials: 10_000 })).toBe(""); // 5,000 of 60,000
  });

  it("says it where each is met but not all together", async () => {
    expect(await reason(["a < 500", "a > 500"])).toMatch(/met by 4\d,\d{3}, .*met by 4\d,\d{3}, all together by 0/);
  });

  it("tells DIRECT that nothing is there before it divides the space for minutes", async () => {
    expect(await reason(["a > 2000"], { search: "direct", trials: undefined })).toMatch(
      /"a > 2000" was met by 0, expected constraints that leave at least one/,
    );
    await check(["a < b"], { search: "direct" });
  });

  it("lets through what is met, what is not random, and a small space that is drawn to its end", async () => {
    await check(["a < b"]);
    await check([]);
    await check(["a > 2000"], { search: "grid" });
    await check(["a > 1"], { values: { a: [1, 2, 3] } }); // two points, although 200 were asked for
    expect(await reason(["a > 3"], { values: { a: [1, 2, 3] } })).toMatch(/found 3 points drawn, of which "a > 3"/);
  });
});

describe("shortDraw", () => {
  it("tells of a random search that ended before its number", () => {
    const random = spaceOf({ values, search: "random", trials: 30_000 });
    expect(shortDraw(random, 30_000, 29_998)).toMatch(
      /^29,998 of 30,000 points were found by drawing, .*--search grid tries every one$/,
    );
    expect(shortDraw(random, 30_000, 30_000)).toBe(undefined);
    expect(shortDraw(spaceOf({ values }), 1_000_000, 5)).toBe(undefined);
  });

  it("does not send anybody to a grid that would never end", () => {
    const axis = { from: 0, to: 999, step: 1 };
    const vast = spaceOf({ values: { a: axis, b: axis, c: axis }, search: "random", trials: 300 });
    expect(shortDraw(vast, 300, 5)).toMatch(/^5 of 300 points .*hardly: loosen the constraints, or narrow the ranges/);
  });
});

describe("measureFirst", { timeout: 180_000 }, () => {
  it("says that a grid has no point in a large space", async () => {
    const space = spaceOf({ values, constraints: ["a > 2000"] });
    const never = () => expect.fail("nothing can be made");
    const kept = { record: { id: "s", name: "", spec: {}, version: "", started: 1, trials: 0 } };
    const executor = { width: 1, run: never, close: never };
    const spec = { file: "", config: {}, data: [], digest: "", options: {}, version: "", source: "" };
    await expect(
      measureFirst(space, spec, part, { ...kept, take: never, put: never, close: never }, executor),
    ).rejects.toThrow(/"a > 2000": met by none of the points that grid looked at, of 1,000,000/);
  });
});
