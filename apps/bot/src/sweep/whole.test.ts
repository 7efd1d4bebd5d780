import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backtest, type SweepPart, type SweepValues } from "@bp/backtest";
import { Big } from "@bp/core";
import { readTape } from "@bp/data";
import { openSweeps } from "@bp/journal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backtestFlags } from "../backtest/options.ts";
import { enginePartsOf, prepareBacktest } from "../backtest/prepare.ts";
import { readBotConfig } from "../config/index.ts";
import type { Executor } from "./executor.ts";
import { plantedCandles, plantedFees, plantedFrom, plantedSweep } from "./planted.fixture.ts";
import { prepareSweep } from "./prepare.ts";
import { trialRunner } from "./runTrial.ts";
import { trialOf } from "./spec.ts";
import { sweepText } from "./text.ts";
import { withValues } from "./tree.ts";
import { type FoldResult, sweepWhole } from "./whole.ts";
import { moneyText } from "./words.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whole-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Swept {
  readonly results: readonly FoldResult[] | undefined;
  /** Trials that were made, not known. */
  readonly made: number;
  readonly text: string;
}

/** Sweeps, and gives up before a trial where that is asked. */
async function swept(split: string, data: string, stopBefore = Number.POSITIVE_INFINITY): Promise<Swept> {
  const file = join(folder, "maker.yaml");
  writeFileSync(file, plantedSweep(split));
  const { space, spec, tape, folds, record } = await prepareSweep(file, { data: [data], cache: false, ...plantedFees });
  const run = trialRunner(spec, tape);
  const stop = new AbortController();
  let made = 0;
  const executor: Executor = {
    width: 1,
    run: async (trial) => {
      if (made >= stopBefore) {
        stop.abort();
        throw new Error("it was ended");
      }
      made += 1;
      return { outcome: await run(trial), ms: 1, worker: "here" };
    },
    close: () => Promise.resolve(),
  };
  const store = openSweeps(join(folder, "journal.sqlite"));
  try {
    const results = await sweepWhole({
      space,
      folds,
      top: 20,
      most: space.size,
      trialOf: (values, part) => trialOf(spec, values, part),
      executor,
      kept: store.begin({ ...record, started: 1 }),
      retries: false,
      signal: stop.signal,
      onDiffering: () => undefined,
      onDone: () => undefined,
    });
    return { results, made, text: results === undefined ? "" : sweepText(results, space, []) };
  } finally {
    store.close();
  }
}

/** The net profit of a backtest of its own, over a window and with values, as `bot backtest --from --to` makes it. */
async function netApart(data: string, values: SweepValues, { from, to }: SweepPart): Promise<string> {
  const said = backtestFlags({ data: [data], cache: false, ...plantedFees });
  const { tape } = await readTape([data], { from, to });
  const { strategies } = (
    await prepareSweep(join(folder, "maker.yaml"), { data: [data], cache: false, ...plantedFees })
  ).spec.config;
  const tree = withValues({ strategies }, values);
  const config = await readBotConfig({ file: "x.yaml", tree, flags: { memory: true }, env: {}, keys: "left" });
  const { options, cooked } = await prepareBacktest(config, tape, said);
  return backtest({ ...options, engine: () => enginePartsOf(cooked) }).figures.session.profit.net.toFixed();
}

const sizes = ["0.1", "0.5", "2"].map((size) => ({ "strategies.maker.params.quantity": Number(size) }));
const minute = (count: number) => plantedFrom + count * 60_000;

describe("sweepWhole on a market that turns around", { timeout: 180_000 }, () => {
  it.for([
    ["rolling", [30, 85]],
    ["anchored", [0, 85]],
  ] as const)("walks forward, %s: what it tests is a backtest of its own", async ([form, second]) => {
    const data = plantedCandles(folder);
    const { results = [] } = await swept(`walkForward: { folds: 2, train: 2, form: ${form}, gap: 300 }`, data);
    expect(results.map(({ fold: { train, test } }) => [train.from, train.to, test?.from, test?.to])).toEqual([
      [minute(0), minute(55), minute(60), minute(90)],
      [minute(second[0]), minute(second[1]), minute(90), minute(120)],
    ]);
    for (const { fold, ranking, tested } of results) {
      if (fold.test === undefined) throw new Error("a fold without a test");
      const [only, another] = tested;
      expect([only?.values, another]).toEqual([ranking.rows[0]?.values, undefined]); // the first alone is tested
      expect(only?.outcome?.net).toBe(await netApart(data, only?.values ?? {}, fold.test));
      expect(ranking.rows[0]?.outcome.net).toBe(await netApart(data, only?.values ?? {}, fold.train));
    }
    const [first] = results;
    if (first?.fold.test === undefined) throw new Error("no fold");
    const there = [];
    for (const values of sizes) there.push(Number(await netApart(data, values, first.fold.test)));
    const chosen = Number(first.tested[0]?.outcome?.net);
    expect(Number(first.ranking.rows[0]?.outcome.net)).toBeGreaterThan(0);
    expect(chosen).toBe(Math.min(...there)); // best of the first part, worst of the next: as planted
    expect(chosen).toBeLessThan(0);
  });

  it("does not see what is tested, nor the gap before it, when it chooses", async () => {
    const split = "walkForward: { folds: 2, train: 2, form: anchored, gap: 300 }";
    const { results = [] } = await swept(split, plantedCandles(folder));
    for (const [at, end] of [
      [0, 55],
      [1, 85],
    ] as const) {
      const elsewhere = join(folder, `other-${end}`);
      mkdirSync(elsewhere);
      const { results: others = [] } = await swept(split, plantedCandles(elsewhere, end));
      const rows = (of: readonly FoldResult[]) =>
        of[at]?.ranking.rows.map(({ values, outcome, value }) => ({ values, outcome, value }));
      expect(rows(others)).toEqual(rows(results)); // the same choice whatever came after
      expect(others[at]?.tested[0]?.outcome?.net).not.toBe(results[at]?.tested[0]?.outcome?.net);
    }
  });

  it("tests every row of a list on what was held out", async () => {
    const data = plantedCandles(folder);
    const { results = [], text } = await swept("holdOut: { share: 0.5, gap: 300 }", data);
    const [only] = results;
    if (only?.fold.test === undefined) throw new Error("nothing was held out");
    expect([only.fold.train.to, only.fold.test.from]).toEqual([minute(55), minute(60)]);
    expect(only.tested.map(({ values }) => values)).toEqual(only.ranking.rows.map(({ values }) => values));
    for (const { values, outcome } of only.tested)
      expect(outcome?.net).toBe(await netApart(data, values, only.fold.test));
    const nets = [only.ranking.rows[0]?.outcome.net, only.tested[0]?.outcome?.net].map((net = "0") => moneyText(net));
    expect(text.split("\n")).toContain(
      `hold-out: chose quantity 2 on 2026-05-04T00:00:00Z .. 2026-05-04T00:55:00Z (net ${nets[0]} there); on 2026-05-04T01:00:00Z .. 2026-05-04T02:00:00Z, which it had not seen, it came to net ${nets[1]}`,
    );
  });

  it("gives the same list when it was ended anywhere, and makes nothing twice", async () => {
    const split = "walkForward: { folds: 2, train: 2 }";
    const data = plantedCandles(folder);
    const whole = await swept(split, data);
    expect(whole.made).toBe(8); // three of each fold, and the first of each on its test
    rmSync(join(folder, "journal.sqlite"));
    let made = 0;
    for (const stop of [1, 2, 1, 1]) {
      const part = await swept(split, data, stop);
      expect(part.results).toBe(undefined); // no list of half a sweep
      made += part.made;
    }
    const last = await swept(split, data);
    expect([last.text, made + last.made]).toEqual([whole.text, 8]);
    const nets = (whole.results ?? []).map(({ tested }) => tested[0]?.outcome?.net ?? "0");
    expect(last.text).toMatch(/^fold 1: chose quantity 2 on /m);
    for (const net of nets)
      expect(last.text).toMatch(new RegExp(`, which it had not seen, it came to net ${moneyText(net)}$`, "m"));
    const sum = nets.reduce((total, net) => total.plus(net), new Big(0));
    expect(last.text.split("\n")).toContain(
      `out of sample: net ${moneyText(sum.toFixed())} over 2 tests, each begun flat with new money`,
    );
  });
});
