import { describe, expect, it } from "vitest";
import { analysisFixture } from "../analysis.fixture.ts";
import { splitPart, splitSum } from "./split.ts";

const { profit } = analysisFixture();
const [first = { horizonMs: 0, adverse: "0", inventory: "0", settled: 0 }] = profit.selection;

describe("splitSum", () => {
  it("adds the parts up to the change of equity, to the last digit", () => {
    const { sum, difference } = splitSum(profit, first);
    expect(sum?.toFixed()).toBe("119.373456788");
    expect(difference?.toFixed()).toBe("0");
  });

  it("knows a difference of the last digit", () => {
    expect(splitSum({ ...profit, fees: "80.000000002" }, first).difference?.toFixed()).toBe("-0.000000001");
  });

  it("says nothing of parts that are no decimal text", () => {
    expect(splitSum({ ...profit, fees: "" }, first).sum).toBeUndefined();
  });
});

describe("splitPart", () => {
  it("says that it adds up, for every horizon", () => {
    expect(splitPart("r0", profit, "USDC").markup.match(/✓/g)).toHaveLength(4);
  });

  it("warns of parts that do not add up, and by how much", () => {
    const { markup } = splitPart("r0", { ...profit, equityChange: "119.373456789" }, "USDC");
    expect(markup.match(/✗/g)).toHaveLength(4);
    expect(markup).toContain("-0.000000001");
  });
});
