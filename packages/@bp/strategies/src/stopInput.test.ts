import { describe, expect, it } from "vitest";
import { makerParams } from "./maker/params.ts";
import { checkStopInput } from "./stopInput.ts";

describe("checkStopInput", () => {
  it("S2.12 a menu refuses a positive stop and explains, though flags and files take both signs", () => {
    expect(checkStopInput("25")).toContain("write it below 0, -25 closes when 25 of quote are lost");
    expect(checkStopInput("25", "zh")).toContain("-25");
    for (const stopLoss of ["25", "-25"])
      expect(makerParams.parse({ instrument: "a:b", spreadPct: 1, stopLoss }).stopLoss).toBe("25");
  });

  it("S2.12 a menu takes a negative stop, and 0 for off", () => {
    for (const good of ["-25", " -0.5 ", "0", "0.00", "-0"]) expect(checkStopInput(good)).toBeUndefined();
  });

  it("refuses what is no plain number", () => {
    for (const bad of ["", "-", "1e3", "-1e3", "25 USDC", "NaN", "--5"]) {
      expect(checkStopInput(bad)).toContain("a number such as -25");
      expect(checkStopInput(bad, "zh")).toContain("需為數字");
    }
  });
});
