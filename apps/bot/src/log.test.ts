// Log files on a real disk: names by the day, sizes, errors apart, nothing truncated.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLog } from "./log.ts";

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "bp-log-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const noon = Date.UTC(2026, 0, 1, 12);
const quiet = (why: string) => {
  throw new Error(why);
};

describe("log files", () => {
  it("S1.30 have the day in their names, and go on in a new file at midnight", async () => {
    const path = folder();
    const log = openLog(
      { folder: path, file: "trading_{date}.log", errorFile: "error_{date}.log", level: "info", keep: 5 },
      quiet,
    );
    log.line(noon, { level: "info", text: "started" });
    log.line(noon, { level: "error", text: "a refusal" });
    log.line(noon, { level: "debug", text: "not worth it" });
    log.file(noon, { file: "auto_trading_cycle_{date}.log", text: "cycle 1" });
    log.line(noon + 12 * 3_600_000, { level: "info", text: "the next day" });
    await log.close();
    expect(readdirSync(path).toSorted()).toEqual([
      "auto_trading_cycle_2026-01-01.log",
      "error_2026-01-01.log",
      "trading_2026-01-01.log",
      "trading_2026-01-02.log",
    ]);
    expect(readFileSync(join(path, "trading_2026-01-01.log"), "utf8")).toBe(
      "2026-01-01 12:00:00.000 [INFO] bot: started\n2026-01-01 12:00:00.000 [ERROR] bot: a refusal\n",
    );
    expect(readFileSync(join(path, "error_2026-01-01.log"), "utf8")).toContain("a refusal");
  });

  it("are appended to", async () => {
    const path = folder();
    writeFileSync(join(path, "app.log"), "from before\n");
    const log = openLog({ folder: path, file: "app.log", level: "info", keep: 5 }, quiet);
    log.line(noon, { level: "info", text: "from now on" });
    await log.close();
    expect(readFileSync(join(path, "app.log"), "utf8")).toMatch(/^from before\n.*from now on\n$/);
  });

  it("roll over by size and keep the newest", async () => {
    const path = folder();
    const log = openLog({ folder: path, file: "app.log", level: "info", maxBytes: 200, keep: 2 }, quiet);
    for (let at = 0; at < 40 || (at < 4_000 && !existsSync(join(path, "app.log.2"))); at++) {
      log.line(noon + at, { level: "info", text: `line ${at}` });
      await new Promise((resolve) => setTimeout(resolve, 2)); // a rotation takes a moment, as lines of a run do
    }
    await log.close();
    expect(readdirSync(path).toSorted()).toEqual(["app.log", "app.log.1", "app.log.2"]);
  });

  it("that cannot be written are told once and stop nothing", async () => {
    const path = folder();
    writeFileSync(join(path, "file"), "");
    const told: string[] = [];
    const log = openLog({ folder: join(path, "file", "sub"), file: "app.log", level: "info", keep: 5 }, (why) =>
      told.push(why),
    );
    log.line(noon, { level: "info", text: "one" });
    log.line(noon, { level: "info", text: "two" });
    await log.close();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("the run goes on without it");
  });
});
