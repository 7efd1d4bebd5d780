import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { journalFlag } from "./journalFlag.ts";
import { fromHere } from "./paths.ts";

describe("journalFlag", () => {
  it("is nothing where a command finds the journal by itself, or there is none", () => {
    for (const file of [undefined, ":memory:", "runs/journal.sqlite", fromHere("runs/journal.sqlite")])
      expect(journalFlag(file)).toBe("");
  });

  it("names any other one", () => {
    expect(journalFlag("/home/me/a.sqlite")).toBe(" --journal /home/me/a.sqlite");
    expect(journalFlag("/elsewhere/runs/journal.sqlite")).toBe(" --journal /elsewhere/runs/journal.sqlite");
  });

  it.skipIf(process.platform === "win32")("is read by a shell as it is meant", () => {
    const odd = "/home/me and you/it's $(not) a `command`.sqlite";
    const said = execFileSync("sh", ["-c", `printf '%s|'${journalFlag(odd)}`], { encoding: "utf8" });
    expect(said).toBe(`--journal|${odd}|`);
  });
});
