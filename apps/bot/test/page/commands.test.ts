// `bot report` and `bot compare` as a person types them, over runs of a journal of their own.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Analysis, Comparison } from "@bp/report";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, spawnBot } from "../process.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-report-"));
const closing: (() => unknown)[] = [];
const bot = (...args: string[]): Promise<Ended> => spawnBot((end) => closing.push(end), args, { cwd: folder }).ended;

beforeAll(async () => {
  for (const seed of ["3", "4"]) {
    const { code, stderr } = await bot("start", "--memory", "--duration", "120", "--seed", seed);
    if (code !== 0) throw new Error(`the run ended with ${code}: ${stderr}`);
  }
}, 180_000); // several processes, one after the other
afterAll(async () => {
  for (const end of closing) await end();
  rmSync(folder, { recursive: true, force: true });
});

describe("bot report", () => {
  it("writes a page whole, says where it is, and does not replace a file unasked", async () => {
    const file = join(folder, "page.html");
    const written = await bot("report", "last", "--html", "page.html");
    expect(written).toEqual({ code: 0, stdout: "", stderr: `${file}\n` });
    const page = readFileSync(file, "utf8");
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(page).toContain("the parts add up to the change of equity, to the last digit");
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(1_048_576);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    writeFileSync(file, "mine");
    const refused = await bot("report", "last", "--html", "page.html");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("is there already; name another file, or replace it with --force");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await bot("report", "last", "--html", "page.html", "--force")).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(page);
    expect(readdirSync(folder).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  it("gives the same page from the run and from its own JSON", async () => {
    const { stdout: json } = await bot("report", "last", "--json", "--full");
    const analysis = JSON.parse(json) as Analysis;
    expect(analysis).toMatchObject({ version: 1, meta: { mode: "memory", seed: 4 }, profit: { residual: "0" } });
    expect(analysis.metrics.length).toBeGreaterThanOrEqual(60);
    writeFileSync(join(folder, "kept.json"), json);
    const [fromRun, fromFile] = [
      await bot("report", "last", "--html", "-"),
      await bot("report", "kept.json", "--html", "-"),
    ];
    expect(fromFile).toEqual(fromRun);
    expect(fromRun.stdout).toMatch(/^<!doctype html>/);
  });

  it("tells everything as text, in both languages", async () => {
    const [en, zh] = [await bot("report", "last", "--full"), await bot("report", "last", "--full", "--lang", "zh")];
    expect(en.stdout).toContain("✓ the parts add up");
    expect(en.stdout).toContain("What this result leaves out");
    expect(zh.stdout).toContain("盈虧來源");
    expect([en.code, zh.code]).toEqual([0, 0]);
  });

  it("keeps what it was without the new words", async () => {
    const { stdout } = await bot("report", "last", "--json");
    expect(JSON.parse(stdout)).toHaveProperty("session.profit.net");
  });

  it.each([
    [["report", "--html", "x.html"], "expected a run, for example last"],
    [["report", "last", "--html", "-", "--json"], "would both write to stdout"],
    [["report", "last", "--html", "nowhere/x.html"], "nowhere/x.html cannot be written: ENOENT"],
    [["report", "none.json"], "none.json cannot be read: ENOENT"],
    [["report", "nobody", "--full"], "no run nobody"],
    [["compare", "last", "last", "last", "last", "last", "last"], "expected 2 to 5"],
    [["compare", "last"], "expected 2 to 5"],
  ])("refuses %j", async (args, why) => {
    const { code, stderr, stdout } = await bot(...args);
    expect(stderr).toContain(why);
    expect(code).not.toBe(0);
    expect(stdout).toBe("");
  });

  it("names the key of a file that is wrong", async () => {
    const { stdout } = await bot("report", "last", "--json", "--full");
    const analysis = JSON.parse(stdout) as Analysis;
    const cases = [
      ["cut.json", stdout.slice(0, 5_000), "no JSON"],
      ["other.json", "{}", "version"],
      ["money.json", JSON.stringify({ ...analysis, profit: { ...analysis.profit, fees: "lots" } }), "profit.fees"],
      [
        "uneven.json",
        JSON.stringify({ ...analysis, series: { ...analysis.series, equity: { at: [1], value: [] } } }),
        "series.equity",
      ],
    ] as const;
    for (const [name, text, where] of cases) {
      writeFileSync(join(folder, name), text);
      const { code, stderr } = await bot("report", name, "--full");
      expect(stderr).toContain(name);
      expect(stderr).toContain(where);
      expect(code).toBe(2);
    }
  });
});

describe("bot compare", () => {
  it("puts two runs side by side as text, JSON and a page", async () => {
    const { stdout: list } = await bot("report", "--json");
    const [b = "", a = ""] = (JSON.parse(list) as { run: string }[]).map(({ run }) => run);
    const text = await bot("compare", a, b);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain("different seeds: 3 and 4");
    const { stdout } = await bot("compare", a, b, "--json", "--html", "both.html");
    const { comparisons } = JSON.parse(stdout) as { comparisons: Comparison[] };
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]).toMatchObject({ a, b, same: { seed: false, markets: true, mode: true } });
    expect(readFileSync(join(folder, "both.html"), "utf8")).toContain("More than noise?");
  });

  it("finds a run equal to itself", async () => {
    const { stdout } = await bot("compare", "last", "last");
    expect(stdout).toMatch(/equal: not one of \d+ steps differs/);
  });
});

describe("bot journal compact", () => {
  it("keeps the page, the full text and what a comparison needs, and says what is gone", async () => {
    const full = async (...args: string[]) => (await bot("report", "last", "--full", ...args)).stdout;
    const [en, zh, page] = [await full(), await full("--lang", "zh"), await bot("report", "last", "--html", "-")];
    const whole = JSON.parse(await full("--json")) as Analysis;
    const today = () => new Date().toISOString().slice(0, 10);
    const before = today();
    const compacted = await bot("journal", "compact", "--days", "0");
    expect(compacted).toMatchObject({ code: 0, stderr: "" });
    expect(compacted.stdout).toMatch(/^2 runs: \d{3,} lines of market data dropped/);

    const gone = new RegExp(`^ {2}- .*(?:${before}|${today()}).*\\n`, "m");
    expect(await full()).toMatch(gone);
    expect((await full()).replace(gone, "")).toBe(en);
    expect((await full("--lang", "zh")).replace(gone, "")).toBe(zh);
    const kept = JSON.parse(await full("--json")) as Analysis;
    expect(kept).toEqual({ ...whole, meta: { ...whole.meta, lacks: [...whole.meta.lacks, expect.any(String)] } });
    expect((await bot("report", "last", "--html", "-")).stdout.length).toBeGreaterThan(page.stdout.length);
    writeFileSync(join(folder, "whole.json"), JSON.stringify(whole));
    expect((await bot("compare", "whole.json", "last")).stdout).toContain("equal: not one of");
    expect((await bot("replay", "last")).stderr).toContain("its market data is gone");
    expect(await bot("journal", "check")).toMatchObject({ code: 0 });
  });
});
