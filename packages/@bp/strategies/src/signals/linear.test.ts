import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { product, solved } from "./linear.ts";

describe("solved", () => {
  it("solves for several right sides at once", () => {
    const found = solved(
      [
        [0, 2],
        [3, 1],
      ],
      [
        [4, 0],
        [5, 3],
      ],
    );
    expect(found).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  it("says that a singular system has no answer", () => {
    expect(
      solved(
        [
          [1, 2],
          [2, 4],
        ],
        [[1], [1]],
      ),
    ).toBeUndefined();
  });

  it("gives what the product takes back", () => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), row, (matrix, right) => {
        const strong = matrix.map((each, at) => each.map((value, place) => (at === place ? value + 50 : value)));
        const found = solved(
          strong,
          right.map((each) => [each]),
        );
        const back = product(strong, found?.map(([value = 0]) => value) ?? []);
        for (const [at, each] of back.entries()) expect(each).toBeCloseTo(right[at] ?? 0, 9);
      }),
    );
  });
});
