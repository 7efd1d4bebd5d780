import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backtest } from "@bp/backtest";
import { canonicalJson } from "@bp/journal";
import { afterAll, describe, expect, it } from "vitest";
import { backtestFlags } from "../backtest/options.ts";
import { enginePartsOf, prepareBacktest } from "../backtest/prepare.ts";
import { readBotConfig } from "../config/index.ts";
import { plantedSweep } from "./planted.fixture.ts";
import { prepareSweep } from "./prepare.ts";
import { trialRunner } from "./runTrial.ts";
import { trialOf } from "./spec.ts";
import { withValues } from "./tree.ts";

const folder = mkdtempSync(join(tmpdir(), "prepare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const data = [join(import.meta.dirname, "../../../../examples/sol_usdc.l2.ndjson.gz")];
const file = join(folder, "maker.yaml");
writeFileSync(
  file,
  plantedSweep("search: random\n  trials: 2")
    .replace("quantity: [0.1, 0.5, 2]", "spreadPct: { from: 0.05, to: 0.15, step: 0.01 }")
    .replace("intervalMs: 60000", "intervalMs: 2000"),
);
const values = { "strategies.maker.params.spreadPct": 0.05 };

describe("the two seeds of a sweep", () => {
  const prepared = (flags: object) => prepareSweep(file, { data, cache: false, latency: "5+200", ...flags });
  const trial = async (flags: object) => {
    const { spec, tape, folds } = await prepared(flags);
    const [fold] = folds;
    if (fold === undefined) throw new Error("no part");
    const made = trialOf(spec, values, fold.train);
    return { key: made.key, outcome: await trialRunner(spec, tape)(made) };
  };

  it("has that of the models in each trial's key and outcome, as a backtest with it", async () => {
    const [usual, one, two] = [await trial({}), await trial({ modelSeed: "1" }), await trial({ modelSeed: "2" })];
    expect(usual).toEqual(one);
    expect(two.key).not.toBe(one.key);
    expect(two.outcome.net).not.toBe(one.outcome.net);
    const { spec, tape } = await prepared({});
    const tree = withValues(spec.config, values);
    const config = await readBotConfig({ file, tree, flags: { memory: true }, env: {}, keys: "left" });
    const apart = async (seed: string) => {
      const { options, cooked } = await prepareBacktest(config, tape, backtestFlags({ data, latency: "5+200", seed }));
      return backtest({ ...options, engine: () => enginePartsOf(cooked) }).figures.session.profit.net.toFixed();
    };
    expect([await apart("1"), await apart("2")]).toEqual([one.outcome.net, two.outcome.net]);
  });

  it("has that of the search in the question alone: an equal trial is the same trial", async () => {
    const [one, two] = [await prepared({ seed: "1" }), await prepared({ seed: "2" })];
    expect([one.space.seed, two.space.seed]).toEqual([1, 2]);
    expect(one.record.id).not.toBe(two.record.id);
    expect([one.seed, two.seed]).toEqual([1, 1]);
    expect(canonicalJson(two.spec)).toBe(canonicalJson(one.spec));
  });

  it("says that a seed for another search means nothing, and refuses what is none", async () => {
    const { warnings } = await prepared({ seed: "3", search: "grid" });
    expect(warnings.join()).toMatch(/random search, and this one is grid: for what the models draw, say --model-seed/);
    await expect(prepared({ modelSeed: "-1" })).rejects.toThrow(/--model-seed: found "-1", expected a whole number/);
    await expect(prepared({ seed: "1.5" })).rejects.toThrow(/seed/);
  });
});

describe("the run time of a file", () => {
  it("ends each trial after it, as it ends a backtest", async () => {
    const lasting = join(folder, "lasting.yaml");
    writeFileSync(lasting, `${readFileSync(file, "utf8")}run: { duration: 60 }\n`);
    const { spec, tape, folds } = await prepareSweep(lasting, { data, cache: false });
    const [fold] = folds;
    if (fold === undefined) throw new Error("no part");
    const { net, figures } = await trialRunner(spec, tape)(trialOf(spec, values, fold.train));
    const tree = withValues(spec.config, values);
    const config = await readBotConfig({ file: lasting, tree, flags: { memory: true }, env: {}, keys: "left" });
    const { options, cooked } = await prepareBacktest(config, tape, backtestFlags({ data }));
    const result = backtest({ ...options, engine: () => enginePartsOf(cooked) });
    expect([result.ended.kind, result.ended.at - result.data.from]).toEqual(["done", 60_000]);
    expect(result.data.to - result.data.from).toBeGreaterThan(100_000);
    expect([net, figures["seconds"]]).toEqual([result.figures.session.profit.net.toFixed(), result.figures.seconds]);
  });
});
