// What commands keep of the files that they read: used again, told, thrown away when it is damaged, left alone with --no-cache.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plantedCandles, plantedSweep } from "../src/sweep/planted.fixture.ts";
import { runBot } from "./process.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bot-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the cache of recordings", () => {
  it("is shared by backtests, sweeps and bot data info, and changes no result", async ({ onTestFinished }) => {
    const kept = join(folder, "kept");
    const bot = (...args: readonly string[]) => runBot(onTestFinished, args, { cwd: folder, env: { BP_CACHE: kept } });
    const candles = plantedCandles(folder);
    writeFileSync(join(folder, "maker.yaml"), plantedSweep("holdOut: 0.5"));
    const backtest = ["backtest", "maker.yaml", "--data", candles, "--json"];
    const told = await bot("data", "info", candles, "--no-cache");
    expect(told.stdout).toContain(`cache: not used; ${kept} has 0 tapes, 0 B`);
    const plain = await bot(...backtest, "--no-cache");
    expect(() => readdirSync(kept)).toThrow(/ENOENT/);

    const first = await bot(...backtest);
    expect([first.code, first.stdout]).toEqual([0, plain.stdout]);
    const [name = "", another] = readdirSync(kept);
    expect([name, another]).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.tape$/), undefined]);
    expect((await bot(...backtest)).stdout).toBe(plain.stdout);
    expect((await bot("data", "info", candles)).stdout).toMatch(/^cache: opened from .*kept, 1 tapes, \d+\.\d kB$/m);
    const swept = await bot("sweep", "maker.yaml", "--data", candles, "--threads", "1", "--journal", "j.sqlite");
    expect(swept.stdout).toMatch(/^hold-out: chose quantity/m);
    expect(readdirSync(kept)).toEqual([name]); // the same one, also for a part of the time
    const part = ["--from", "2026-05-04T01:00", "--to", "2026-05-04T01:30"];
    expect((await bot(...backtest, ...part)).stdout).toBe((await bot(...backtest, ...part, "--no-cache")).stdout);
    expect(readdirSync(kept)).toEqual([name]);

    const bytes = readFileSync(join(kept, name));
    bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
    writeFileSync(join(kept, name), bytes);
    const damaged = await bot(...backtest);
    expect(damaged.stderr).toMatch(/warning: .*\.tape is damaged: .*it was made anew/);
    expect(damaged.stdout).toBe(plain.stdout);
    expect((await bot(...backtest)).stderr).not.toMatch(/damaged/);

    plantedCandles(folder, 80);
    const changed = await bot("data", "info", candles, "--json");
    const { cache } = JSON.parse(changed.stdout) as { readonly cache: unknown };
    expect(cache).toMatchObject({ folder: kept, tapes: 2, used: "kept" });
  });
});
