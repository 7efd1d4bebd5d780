import { isBpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { checkNames } from "./names.ts";

describe("checkNames", () => {
  it("takes the names that venues have, of any script", () => {
    expect(() => checkNames("SOL_USDC_PERP", "1000PEPEUSDT", "币安人生USDT", "BTC-27JUN25")).not.toThrow();
  });

  it("refuses what steers a terminal, names a folder, or is no name", () => {
    for (const name of ["SOL\x1b[2J", "A\nB", "A B", "", "../A", "a\\b", "__proto__", "x".repeat(65), "SOL\u202eDSU"]) {
      let thrown: unknown;
      try {
        checkNames("SOL", name);
      } catch (error) {
        thrown = error;
      }
      expect(isBpError(thrown, "wire/schema"), JSON.stringify(name)).toBe(true);
      expect(String(thrown)).not.toMatch(/\p{Cc}/u);
    }
  });
});
