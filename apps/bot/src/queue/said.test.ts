import { describe, expect, it } from "vitest";
import { oneLine } from "./said.ts";

describe("oneLine", () => {
  it("keeps a text on one line, without what a terminal obeys", () => {
    expect(oneLine("a.yaml\nsweep 0123: over\r\u001b[2J\u2028b")).toBe("a.yaml sweep 0123: over\ufffd\ufffd[2J\ufffdb");
    expect(oneLine("Mühle 市場.yaml")).toBe("Mühle 市場.yaml");
  });

  it("cuts what is longer than anything that is said", () => {
    expect(oneLine("x".repeat(1_000))).toHaveLength(1_000);
    expect(oneLine("x".repeat(5_000_000))).toBe(`${"x".repeat(999)}…`);
  });
});
