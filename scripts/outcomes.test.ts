import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withTables } from "./outcomes.mjs";

const page = readFileSync(join(import.meta.dirname, "../docs/outcomes.md"), "utf8");

describe("docs/outcomes.md", () => {
  it("is as the lines say that the tests are made of", () => {
    expect(withTables(page)).toBe(page);
  });

  it("is noticed when it is not", () => {
    expect(withTables(page.replace("| refused: no-funds |", "| refused: other |"))).toBe(page);
    expect(() => withTables("no mark")).toThrow("mark");
  });
});
