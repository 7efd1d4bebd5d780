// `bot sweep` as a person starts it: what the page says is what comes out; too much is refused; what was made is kept.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plantedCandles, plantedSweep } from "../src/sweep/planted.fixture.ts";
import { layFolder } from "./files.ts";
import { runBot, spawnBot } from "./process.ts";

const root = join(import.meta.dirname, "../../..");
const data = ["--data", "examples/sol_usdc.l2.ndjson.gz"];
let folder = "";
let journal: readonly string[] = [];
const files = layFolder();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sweep-"));
  journal = ["--journal", join(folder, "journal.sqlite")];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const own = readFileSync(join(root, "examples/sweep.yaml"), "utf8");
const withSection = (section: string) => files.file("own.yaml", own.replace(/sweep:\n[\s\S]*$/, `sweep:\n${section}`));

describe("bot sweep", { timeout: 600_000 }, () => {
  it("prints what docs/sweeps.md shows, on any number of threads", async ({ onTestFinished }) => {
    const page = readFileSync(join(root, "docs/sweeps.md"), "utf8");
    const [, shown = ""] = /```sh\nbot sweep [^\n]*\n```\n\n```\n([\s\S]*?)\n```/.exec(page) ?? [];
    const line = ["sweep", "examples/sweep.yaml", ...data, ...journal, "--threads", "1"];
    const { code, stdout, stderr } = await runBot(onTestFinished, line, { cwd: root });
    expect(stdout.trimEnd()).toBe(shown);
    expect(stderr).toMatch(/^made 6 trials in .* of the processor\nand the first one before them, alone, in \S+ m?s$/m);
    expect(code).toBe(0);
  });

  it("goes on after Ctrl+C with what was made, and gives the table of all trials", async ({ onTestFinished }) => {
    const line = ["sweep", "examples/sweep.yaml", ...data, ...journal, "--threads", "2"];
    const first = spawnBot(onTestFinished, line, { cwd: root });
    await first.says(/about .* each/, 120_000);
    first.child.kill("SIGINT");
    const stopped = await first.ended;
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(
      /stopped: what was made is kept in .*journal\.sqlite; the same command goes on with it/,
    );
    expect(stopped.stdout).toBe(""); // no number of half a sweep
    const second = await runBot(onTestFinished, [...line, "--csv"], { cwd: root });
    expect(second.stderr).toMatch(/7 trials, [1-7] are known already/);
    expect(second.stdout.trimEnd().split("\n")).toHaveLength(8);
  });

  it("refuses ten million trials with the time that they would take", async ({ onTestFinished }) => {
    const file = withSection(
      "  values:\n    strategies.maker.params.spreadPct: { from: 0.001, to: 10, step: 0.001 }\n    strategies.maker.params.quantity: { from: 0.1, to: 100, step: 0.1 }\n",
    );
    const { code, stderr } = await runBot(onTestFinished, ["sweep", file, ...data, ...journal, "--threads", "2"], {
      cwd: root,
    });
    expect(stderr).toMatch(/10,000,000 trials of about .* each would take about .* (days|years), 2 at once; say --yes/);
    expect(code).toBe(2);
  });

  it.for([
    [
      "  values:\n    strategies.maker.params.spreadPct: { from: 2, to: 1, step: 0.1 }\n",
      /spreadPct\.to: found "1", expected 2 or more.*no value in it/,
    ],
    [
      "  values:\n    strategies.makr.params.spreadPct: [1]\n",
      /a path that leads nowhere, expected .*strategies\.maker\.params.*did you mean strategies\.maker\.params\.spreadPct/,
    ],
    ["  values:\n    accounts.backpack.key: [1]\n", /accounts\.backpack\.key: found a path that leads nowhere/],
    [
      "  values:\n    strategies.maker.params.spreadPct: [1]\n  constraints: [spreadPct > 2]\n",
      /1 points, none of which they allow/,
    ],
    [
      "  values:\n    strategies.maker.params.spreadPct: { from: 0.001, to: 1, step: 0.001 }\n    strategies.maker.params.quantity: { from: 0.1, to: 100, step: 0.1 }\n  search: random\n  trials: 200\n  constraints: [spreadPct * quantity > 200]\n",
      /sweep\.constraints: found \d+,\d{3} points drawn, of which "spreadPct \* quantity > 200" was met by 0/,
    ],
    ["  values:\n    strategies.maker.params.spreadPct: [1]\n  search: random\n", /sweep\.trials: found nothing/],
  ] as const)("refuses %j before anything runs", async ([section, why], { onTestFinished }) => {
    const { code, stderr, stdout } = await runBot(
      onTestFinished,
      ["sweep", withSection(section), ...data, ...journal],
      { cwd: root },
    );
    expect(stderr).toMatch(why);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("says that a file has no such section", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, ["sweep", "examples/own/maker.yaml", ...data, ...journal], {
      cwd: root,
    });
    expect(stderr).toMatch(/maker\.yaml: sweep: found nothing, expected a section sweep/);
    expect(code).toBe(2);
  });

  it("walks forward to the same list after it was killed, and a backtest of the same time and values agrees", async ({
    onTestFinished,
  }) => {
    const candles = plantedCandles(folder);
    const models = ["--data", candles, "--maker-fee=-0.02", "--taker-fee", "0.05"];
    const line = ["sweep", files.file("planted.yaml", plantedSweep("walkForward: { folds: 2, train: 2 }")), ...models];
    const whole = await runBot(onTestFinished, [...line, "--journal", join(folder, "whole.sqlite"), "--threads", "2"]);
    const first = spawnBot(onTestFinished, [...line, ...journal, "--threads", "1"]);
    await first.says(/about .* each/, 120_000);
    first.child.kill("SIGKILL");
    expect((await first.ended).stdout).toBe("");
    const second = await runBot(onTestFinished, [...line, ...journal, "--threads", "1"]);
    expect(second.stderr).toMatch(/8 trials, [1-7] are known already/);
    expect([second.code, second.stdout]).toEqual([0, whole.stdout]);
    const [, net = ""] = /^fold 1: chose quantity 2 on .* it came to net (-[\d.]+)$/m.exec(second.stdout) ?? [];
    const file = files.file("two.yaml", plantedSweep("trials: 1").replace("quantity: 0.5", "quantity: 2"));
    const apart = ["backtest", file, ...models, "--from", "2026-05-04T01:00", "--to", "2026-05-04T01:30", "--json"];
    const { stdout } = await runBot(onTestFinished, apart);
    const { figures } = JSON.parse(stdout) as { readonly figures: { session: { profit: { net: string } } } };
    expect(Number(figures.session.profit.net).toFixed(4)).toBe(net);
  });

  it("says both seeds, and prints the same JSON to the byte however, and however often, it was made", async ({
    onTestFinished,
  }) => {
    const file = withSection(
      "  values:\n    strategies.maker.params.spreadPct: { from: 0.1, to: 0.4, step: 0.1 }\n  holdOut: 0.5\n  search: random\n  trials: 2\n",
    );
    const line = ["sweep", file, ...data, "--seed", "7", "--model-seed", "9", "--latency", "5+20"];
    const made = async (name: string, ...more: readonly string[]) => {
      const { stdout } = await runBot(onTestFinished, [...line, "--journal", join(folder, name), ...more], {
        cwd: root,
      });
      return stdout;
    };
    const json = await made("one.sqlite", "--json", "--threads", "1");
    expect(await made("two.sqlite", "--json", "--threads", "2")).toBe(json); // anew
    expect(await made("two.sqlite", "--json", "--threads", "1")).toBe(json); // nothing is made: all of it is known
    expect(JSON.parse(json)).toMatchObject({ search: "random", seeds: { models: 9, search: 7 } });
    const text = await made("one.sqlite");
    expect(text).toMatch(/^search +random, seed 7$/m);
    expect(text).toMatch(/^models +seed: 9$/m);
  });

  it("keeps data back, marks what failed, and ends with 1 where nothing came of it", async ({ onTestFinished }) => {
    const file = withSection("  values:\n    strategies.maker.params.spreadPct: [0.4, 0.5]\n  holdOut: 0.5\n");
    const { code, stdout } = await runBot(onTestFinished, ["sweep", file, ...data, ...journal, "--json"], {
      cwd: root,
    });
    const { parts } = JSON.parse(stdout) as {
      readonly parts: readonly { readonly headline: string; readonly tested: readonly { readonly net: string }[] }[];
    };
    expect(code).toBe(0);
    expect(parts[0]?.headline).toMatch(/^train: (best|first) of 2 trials/);
    expect(parts[0]?.tested.map(({ net }) => typeof net)).toEqual(["string", "string"]);
    const wrong = withSection("  values:\n    strategies.maker.params.maxOrders: [-1]\n");
    const failed = await runBot(onTestFinished, ["sweep", wrong, ...data, ...journal], { cwd: root });
    expect(failed.stderr).toMatch(/the first trial failed: .*maxOrders.*\[config\/invalid\]/);
    expect(failed.stdout).toMatch(/^nothing of 1 trials, 1 of them failed/);
    expect(failed.code).toBe(1);
  });
});
