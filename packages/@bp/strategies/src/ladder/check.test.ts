// What a person is told of a ladder before anything is sent.
import { describe, expect, it } from "vitest";
import { spot } from "../scene.fixture.ts";
import { checkLadder } from "./check.ts";
import { ladderParams } from "./params.ts";

const found = (raw: object) =>
  checkLadder(
    ladderParams.parse({
      instrument: spot.id,
      totalAmount: "1000",
      orderCount: 9,
      maxDropPct: "7",
      incrementPct: "50",
      takeProfitPct: "0.2",
      ...raw,
    }),
    spot,
    15_000,
  ).map(({ level, code }) => `${level} ${code}`);

describe("checkLadder", () => {
  it("has nothing to say of the sample", () => {
    expect(found({})).toEqual([]);
    expect(found({ tpMode: "gross" })).toEqual([]); // 0.2 % before fees of 0.180243 %
  });

  it("refuses a gross profit that the fees eat; a net one is after them", () => {
    expect(found({ tpMode: "gross", takeProfitPct: "0.18" })).toEqual(["refuse negative-edge"]);
    expect(found({ tpMode: "gross", takeProfitPct: "0.1802" })).toEqual(["refuse negative-edge"]); // 1 / (0.99915 · 0.99905)
    expect(found({ tpMode: "gross", takeProfitPct: "0.181" })).toEqual([]);
    expect(found({ takeProfitPct: "0.01" })).toEqual([]);
  });

  it("refuses a budget that is too small", () => {
    expect(found({ totalAmount: "89" })).toEqual(["refuse too-small"]);
  });

  it("warns of rungs that are left out", () => {
    expect(found({ quantityStep: "0.1" })).toEqual(["warn left-out"]); // 13.35 buy 0.089, which is none of a tenth
  });
});
