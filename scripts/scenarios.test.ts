// Every scenario of the five systems is a test of its number, and the page says which.
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { filled, testsOf } from "./scenarios.mjs";

const root = new URL("..", import.meta.url).pathname;

describe("docs/systems.md", () => {
  it("names a test for every scenario, none of them skipped", () => {
    const said = execFileSync(process.execPath, ["scripts/scenarios.mjs"], { cwd: root, encoding: "utf8" });
    expect(said).toContain("140 scenarios, 140 shown by tests");
  });

  it("would notice a scenario that has no test", () => {
    const { missing } = filled("| S9.1 | a thing |  |\n| S2.1 | another |  |", testsOf(root));
    expect(missing).toEqual(["S9.1 has no test"]);
  });
});
