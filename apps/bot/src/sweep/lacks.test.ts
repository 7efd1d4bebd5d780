import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { backtest, createJudge, lacksOf, type SweepValues } from "@bp/backtest";
import { afterAll, describe, expect, it } from "vitest";
import { castFor } from "../backtest/markets.ts";
import { backtestFlags } from "../backtest/options.ts";
import { enginePartsOf, prepareBacktest } from "../backtest/prepare.ts";
import { readBotConfig } from "../config/index.ts";
import { tapeOf } from "../data/tape.ts";
import type { Caster } from "./casts.ts";
import { sweepLacks } from "./lacks.ts";
import { plantedSweep } from "./planted.fixture.ts";
import { prepareSweep } from "./prepare.ts";
import { trialOf } from "./spec.ts";
import type { FoldResult } from "./whole.ts";

const folder = mkdtempSync(join(tmpdir(), "lacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spot = join(import.meta.dirname, "../../../../examples/sol_usdc.l2.ndjson.gz");
const file = join(folder, "maker.yaml");
const instrument = "strategies.maker.params.instrument";
const quantity = "strategies.maker.params.quantity";
const markets = ["backpack:SOL_USDC_PERP", "backpack:SOL_USDC"] as const;

/** Collects what nobody holds. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
}

/** Candles whose volumes have more digits than the exchange's lot. */
function fineCandles(): string {
  const path = join(folder, "SOLUSDT-1m.csv");
  const rows = Array.from({ length: 5 }, (_, at) => `${Date.UTC(2026, 4, 4) + at * 60_000},100,101,99,100,10.0005`);
  writeFileSync(path, `${["open_time,open,high,low,close,volume", ...rows].join("\n")}\n`);
  return path;
}

async function prepared(data: string, market: string = markets[0], split = "holdOut: 0.4") {
  writeFileSync(
    file,
    plantedSweep(split)
      .replace(markets[0], market)
      .replace("quantity: [", `instrument: [${markets.map((each) => `"${each}"`).join()}]\n    ${quantity}: [`),
  );
  return prepareSweep(file, { data: [data], cache: false });
}

/** A list with these values, as if they had been tried. */
function listOf({ space, spec, folds }: Awaited<ReturnType<typeof prepared>>, ...all: readonly SweepValues[]) {
  const judge = createJudge(space.objective, Math.max(20, all.length));
  const outcome = { net: "1", returns: [1], figures: {} };
  const [fold] = folds;
  if (fold === undefined) throw new Error("no part");
  for (const values of all) judge.add({ trial: trialOf(spec, values, fold.train), outcome });
  return [{ fold, ranking: judge.ranking(), tested: [] }] satisfies FoldResult[];
}

/** What `bot backtest` of the file says. */
async function apart(data: string): Promise<readonly string[]> {
  const flags = backtestFlags({ data: [data] });
  const { tape } = await tapeOf(flags, { cache: false });
  const config = await readBotConfig({ file, flags: { memory: true }, keys: "left" });
  const { options, cooked } = await prepareBacktest(config, tape, flags);
  return backtest({ ...options, engine: () => enginePartsOf(cooked) }).lacks;
}

describe("sweepLacks", () => {
  it("says of a spot recording that plays a perpetual what a backtest says: no marks, no funding", async () => {
    const sweep = await prepared(spot);
    const lacks = await sweepLacks(sweep, listOf(sweep, { [instrument]: markets[0], [quantity]: 2 }));
    expect(lacks).toEqual(await apart(spot));
    expect(lacks.join("\n")).toMatch(/marks: none in the data[\s\S]*funding: none in the data/);
    expect(lacksOf(sweep.tape, sweep.models).join()).not.toMatch(/marks|funding/); // nothing of it is in the recording itself
  });

  it("says nothing of marks and funding where spot is traded, and how many sizes were rounded", async () => {
    const candles = fineCandles();
    const sweep = await prepared(candles, markets[1]);
    const lacks = await sweepLacks(sweep, []); // nothing came of it: the file decides
    expect(lacks).toEqual(await apart(candles));
    expect(lacks.join("\n")).toMatch(/^\d+ sizes are finer than the lot .* and were rounded down$/m);
    expect(lacks.join("\n")).not.toMatch(/funding/);
  });

  it("says each line of all markets that are listed once", async () => {
    const sweep = await prepared(spot, markets[1]);
    const both = listOf(
      sweep,
      ...markets.flatMap((market) => [0.1, 2].map((size) => ({ [instrument]: market, [quantity]: size }))),
    );
    const lacks = await sweepLacks(sweep, both);
    expect(lacks.filter((each) => /^(marks|funding): none/.test(each))).toHaveLength(2);
  });

  it("casts each market once, however many rows are listed", async () => {
    const sweep = await prepared(spot);
    const asked: string[] = [];
    const cast: Caster = (of, wanted, casts) => {
      asked.push(...wanted);
      return castFor(of, wanted, casts);
    };
    const rows = Array.from({ length: 1_000 }, (_, at) => ({
      [instrument]: markets[at % 2] ?? "",
      [quantity]: at % 3 === 0 ? `0.${at + 1}` : at + 1,
    }));
    await sweepLacks(sweep, listOf(sweep, ...rows), cast);
    expect(asked.toSorted()).toEqual([...markets].toSorted());
  });

  it("holds no cast but the one that it looks at", async () => {
    const sweep = await prepared(spot);
    const held: number[] = [];
    const cast: Caster = (of, wanted, casts) => {
      collect();
      collect(); // waits for the buffers that the first one lets go of in the background
      held.push(process.memoryUsage().arrayBuffers);
      return castFor(of, wanted, casts);
    };
    const quotes = ["USDC", "USDT", "EUR", "BTC", "ETH", "BRL", "JPY", "GBP"];
    const rows = quotes.map((quote) => ({ [instrument]: `backpack:SOL_${quote}` }));
    await sweepLacks(sweep, listOf(sweep, ...rows), cast);
    expect(held).toHaveLength(rows.length);
    expect(Math.max(...held) - (held[0] ?? 0)).toBeLessThan(3 * 34 * sweep.tape.rows);
  });
});
