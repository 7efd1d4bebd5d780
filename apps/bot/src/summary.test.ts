import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkSummary, writeSummary } from "./summary.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "bp-summary-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** What makes a file a summary. */
const summary = { commandsDigest: "00", openOrdersAtExit: 0 };

describe("the summary's file", () => {
  it("is written for its owner alone, and may be written again", () => {
    const file = join(folder(), "summary.json");
    checkSummary(file);
    writeSummary(file, { ...summary, run: "a" });
    checkSummary(file);
    writeSummary(file, { ...summary, run: "b" });
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ ...summary, run: "b" });
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("is never something else: an existing file of another kind is refused before the run", () => {
    const file = join(folder(), "config");
    writeFileSync(file, "Host *\n");
    expect(() => checkSummary(file)).toThrow(/exists and is no summary/);
    expect(readFileSync(file, "utf8")).toBe("Host *\n");
    writeFileSync(file, '{ "name": "somebody else\'s JSON" }\n');
    expect(() => checkSummary(file)).toThrow(/exists and is no summary/);
  });
});
