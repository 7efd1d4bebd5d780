import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

describe("the package", () => {
  it("imports nothing of Node by name, so that a browser can load it", () => {
    const files = globSync("*.ts", { cwd: import.meta.dirname }).filter((file) => !file.endsWith(".test.ts"));
    const named = files.filter((file) => {
      const text = readFileSync(join(import.meta.dirname, file), "utf8");
      return /^(?:import|export) (?!type )[^;]*"(?:node:|undici)/m.test(text);
    });
    expect(files).toContain("index.ts");
    expect(named).toEqual([]);
  });
});
