// Every recorded market of ../shared/data: it is read, and its touch is the one that another program has found.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Instrument, toLots, toTicks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { sharedData, testFolder, touchesOf } from "./files.fixture.ts";
import { readTape } from "./read.ts";

const path = (name: string) => join(sharedData ?? "", name);
const lines = (name: string) =>
  gunzipSync(readFileSync(path(name)))
    .toString()
    .trimEnd()
    .split("\n");
const bare = (symbol: string) => symbol.replace(/^.*:/, "").replaceAll("_", "");

/** The oracle's touches of a market, equal ones in a row once. */
function oracleOf(name: string, instrument: Instrument): readonly string[] {
  const [header = "", ...rows] = lines(`${name}.bbo.csv.gz`);
  const hasSymbol = header.startsWith("symbol,");
  const touches: string[] = [];
  for (const row of rows) {
    const fields = row.split(",");
    if (hasSymbol && !bare(instrument.id).startsWith(bare(fields.shift() ?? ""))) continue;
    const [, bid = "", bidSize = "", ask = "", askSize = ""] = fields;
    const touch = [
      toTicks(instrument, bid),
      toLots(instrument, bidSize),
      toTicks(instrument, ask),
      toLots(instrument, askSize),
    ].join(" ");
    if (touches.at(-1) !== touch) touches.push(touch);
  }
  return touches;
}

describe.skipIf(sharedData === undefined)("recorded markets (skipped where ../shared/data is absent)", () => {
  const names = sharedData === undefined ? [] : readdirSync(sharedData).filter((each) => each.endsWith(".gz"));
  for (const name of names.filter((each) => !/\.bbo\.|account/.test(each)))
    it(`${name} is read without a line that is bad, lost or twice`, async () => {
      const { tape, files, report } = await readTape([path(name)]);
      expect(files).toMatchObject([{ bad: 0, gaps: 0, duplicates: 0, backwards: 0, undated: 0 }]);
      expect(tape.rows).toBeGreaterThan(60);
      expect(
        report.markets.map(({ gaps, crossed, missing, impossible }) => gaps + crossed + missing + impossible),
      ).toEqual(tape.instruments.map(() => 0));
    });

  for (const name of names
    .filter((each) => each.endsWith(".bbo.csv.gz"))
    .map((each) => each.replace(".bbo.csv.gz", "")))
    it(`${name}: the touch is the oracle's after every message`, async () => {
      const { tape } = await readTape([path(`${name}.l2.ndjson.gz`)]);
      expect(tape.instruments.length).toBeGreaterThan(0);
      for (const instrument of tape.instruments) {
        const found = touchesOf(tape, instrument.id);
        const expected = oracleOf(name, instrument);
        expect(expected.length).toBeGreaterThan(5);
        const isWithSnapshot = found[0] !== expected[0]; // the oracle begins after the first frame that follows it
        expect(isWithSnapshot ? found.slice(1) : found).toEqual(expected);
      }
    });

  it("refuses frames of an account", async () => {
    await expect(readTape([path("backpack-account-live-20260902.ws.ndjson.gz")])).rejects.toThrow(
      /no book and no trades of any market in its 4 lines/,
    );
  });

  it("refuses best prices alone", async () => {
    await expect(readTape([path("usdm-btcusdt-20240808.bbo.csv.gz")])).rejects.toMatchObject({
      code: "data/unknown-format",
    });
  });
});

describe.skipIf(sharedData === undefined)("a recorded market, changed (skipped where ../shared/data is absent)", () => {
  const { file } = testFolder();
  const name = "usdm-sync-sushi-akro-20210722.l2.ndjson.gz";
  const all = sharedData === undefined ? [] : lines(name);
  const isDepth = (line: string) => line.includes('"depthUpdate"') && line.includes("SUSHIUSDT");
  const isRest = (line: string) => line.includes('"rest"') && line.includes("SUSHIUSDT");

  it("has a gap where a depth line is gone, and no book after it", async () => {
    const depths = [...all.keys()].filter((at) => isDepth(all[at] ?? "") && at > all.findIndex(isRest));
    const gone = depths[30] ?? 0;
    const without = file(
      "without.l2.ndjson",
      all.filter((_, at) => at !== gone),
    );
    const { tape, files, report } = await readTape([without]);
    expect(files).toMatchObject([{ gaps: 1 }]);
    const sushi = report.markets.find(({ market }) => market.includes("SUSHI"));
    expect(sushi).toMatchObject({ gaps: 1, gapsAt: [{ to: undefined }] });
    expect(report.markets.find(({ market }) => market.includes("AKRO"))).toMatchObject({ gaps: 0 });
    expect(tape.lacks.join()).toMatch(
      /the book of SUSHIUSDT is lost from 2021-07-22T22:2.* to the end: no snapshot follows/,
    );
  });

  it("has a whole book again after a snapshot that comes later", async () => {
    const { tape: whole } = await readTape([path(name)]);
    const id = whole.instruments.find((each) => each.id.includes("SUSHI"))?.id ?? "backpack:none";
    const gone = all.findIndex((line, at) => isDepth(line) && at < all.findIndex(isRest));
    const without = file(
      "early.l2.ndjson",
      all.filter((_, at) => at !== gone),
    );
    const { tape } = await readTape([without]); // the frame was older than the snapshot
    expect(touchesOf(tape, id)).toEqual(touchesOf(whole, id));
  });

  for (const delay of [1, 7, 60, 400])
    it(`ends the same when its snapshot comes ${delay} messages later`, async () => {
      const { tape: whole } = await readTape([path(name)]);
      const at = all.findIndex(isRest);
      const snapshot = all[at] ?? "";
      const late = all.filter((_, each) => each !== at);
      const [, time = ""] = /^\{"t":(\d+)/.exec(late[at + delay - 1] ?? "") ?? [];
      late.splice(at + delay, 0, snapshot.replace(/^\{"t":\d+/, `{"t":${time}`));
      const { tape, files } = await readTape([file(`late-${delay}.l2.ndjson`, late)]);
      expect(files).toMatchObject([{ gaps: 0, duplicates: 0 }]);
      for (const { id } of whole.instruments) expect(touchesOf(tape, id).at(-1)).toBe(touchesOf(whole, id).at(-1));
    });

  it("goes on from one file to the next where it was split", async () => {
    const { tape: whole } = await readTape([path(name)]);
    const parts = [file("part-1.l2.ndjson", all.slice(0, 500)), file("part-2.l2.ndjson.gz", all.slice(500))];
    const { tape, warnings } = await readTape(parts.toReversed());
    expect(tape.digest).toBe(whole.digest);
    expect(warnings.filter((each) => !each.includes("clock"))).toEqual([]);
  });
});

describe.skipIf(sharedData === undefined)(
  "candles with funding and marks (skipped where ../shared/data is absent)",
  () => {
    const names = ["1m-20250504.klines", "funding-20250306", "mark8h-20250306"];

    it("become one market", async () => {
      const { tape, report } = await readTape(names.map((each) => path(`usdm-btcusdt-${each}.csv.gz`)));
      expect(tape.instruments).toMatchObject([
        { id: "backpack:BTC_USDT_PERP", tickSize: "0.1", fundingIntervalMs: 28_800_000 },
      ]);
      expect(report.markets).toMatchObject([{ candles: 42_267, fundings: 265, marks: 532, missing: 0, gaps: 0 }]);
    });

    it("can be cut to the time that they share", async () => {
      const [from, to] = [Date.UTC(2025, 4, 10), Date.UTC(2025, 4, 11)];
      const { tape, report } = await readTape(
        names.map((each) => path(`usdm-btcusdt-${each}.csv.gz`)),
        { from, to },
      );
      expect(report.markets).toMatchObject([{ candles: 1_440, fundings: 4 }]); // three of the day, and the one that holds at its start
      expect(tape.at[0]).toBe(from);
      expect(tape.at[tape.rows - 1]).toBeLessThan(to);
    });
  },
);
