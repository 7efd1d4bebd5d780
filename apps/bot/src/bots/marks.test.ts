// Marks of killed accounts: who made them, and that they stay as they were made.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { killFolder, killOf, mark, markAll, marks } from "./marks.ts";

function place({ onTestFinished }: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "bp-marks-"));
  const before = process.env["BP_STATE"];
  process.env["BP_STATE"] = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const one = { account: "live/aaaa", venue: "backpack", by: "bot kill", at: 1 };

describe("mark", () => {
  it("leaves the mark alone that is there, and nothing beside it", (context) => {
    const folder = place(context);
    mark(one);
    mark({ ...one, by: "somebody else" });
    expect(marks()).toEqual([one]);
    expect(readdirSync(folder)).toEqual(["kill"]);
  });
});

describe("killOf", () => {
  it("says who has killed, also where a bot has passed it on to its other accounts", (context) => {
    place(context);
    const accounts = [
      { name: "live/bbbb", venue: "aster-futures" },
      { name: "live/aaaa", venue: "backpack" },
    ];
    const names = accounts.map(({ name }) => name);
    expect(killOf(names)).toBe(undefined);
    mark(one);
    const said = "the kill switch (bot kill, account live/aaaa)";
    expect(killOf(names)).toBe(said);
    markAll(accounts, said);
    expect(killOf(names)).toBe(said);
  });

  it("kills by a file without words", (context) => {
    place(context);
    mark(one);
    writeFileSync(join(killFolder(), "live-bbbb"), "");
    expect(killOf(["live/bbbb"])).toBe("the kill switch (account live/bbbb)");
  });
});
