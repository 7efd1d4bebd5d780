// Recorded markets of ../shared/data on an exchange: the touch is the one that another program has found.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Instrument, toLots, toTicks } from "@bp/core";
import { createExchange, tapeMarket } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { start } from "./recording.fixture.ts";
import { readRecording } from "./recording.ts";

/** `../shared/data` beside the repository; it does not ship with it. */
function findData(): string | undefined {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, "../shared/data");
    if (existsSync(join(found, "README.md"))) return found;
  }
  return undefined;
}

const data = findData();
const path = (name: string) => join(data ?? "", name);
const rowsOf = (name: string) =>
  gunzipSync(readFileSync(path(`${name}.bbo.csv.gz`)))
    .toString()
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((row) => row.split(","));

/** An exchange that plays it, and the way from one of its moments to the next. */
async function playing(name: string) {
  const { tape, cut } = await readRecording(path(`${name}.l2.ndjson.gz`));
  expect(cut).toBeUndefined();
  const market = tapeMarket({ tape, when: "now" });
  const exchange = createExchange({ start, accounts: [], market });
  return { tape, market, exchange };
}

/** The oracle's touches, equal ones in a row once. */
function oracleOf(name: string, instrument: Instrument): readonly string[] {
  const touches: string[] = [];
  for (const [, bid = "", bidSize = "", ask = "", askSize = ""] of rowsOf(name)) {
    const prices = [toTicks(instrument, bid), toTicks(instrument, ask)];
    const touch = [prices[0], toLots(instrument, bidSize), prices[1], toLots(instrument, askSize)].join(" ");
    if (touches.at(-1) !== touch) touches.push(touch);
  }
  return touches;
}

describe.skipIf(data === undefined)("recorded markets (skipped where ../shared/data is absent)", () => {
  const names = [
    "backpackfmt-btc_usdc-transcoded",
    "spot-btcusdt-20240808",
    "usdm-btcusdt-20240808",
    "cm-ethusd_perp-20240808",
  ];
  for (const name of names)
    it(`${name}: the touch on the exchange is the oracle's after every depth fact`, { timeout: 180_000 }, async () => {
      const { tape, exchange } = await playing(name);
      const [instrument] = tape.instruments;
      if (instrument === undefined) throw new Error("no market");
      const found: string[] = [];
      exchange.listen((fact) => {
        if (fact.type !== "depth") return;
        const { bids, asks } = exchange.book(instrument.id, 1);
        const touch = [...(bids[0] ?? []), ...(asks[0] ?? [])].join(" ");
        if (found.at(-1) !== touch) found.push(touch);
      });
      for (
        let next = exchange.nextAt(), acts = 0;
        next !== undefined && acts < 30_000;
        next = exchange.nextAt(), acts++
      )
        exchange.advance(next);
      const expected = oracleOf(name, instrument);
      const own = found[0] === expected[0] ? found : found.slice(1); // the oracle begins after the first frame
      expect(own.length).toBeGreaterThan(500);
      expect(own).toEqual(expected.slice(0, own.length));
    });

  it("several symbols of one recording play side by side", async () => {
    const { market, exchange } = await playing("cm-sync-a-20210722");
    for (let next = market.nextAt(); next !== undefined; next = market.nextAt()) exchange.advance(next);
    expect(exchange.instruments).toHaveLength(5);
    const last = rowsOf("cm-sync-a-20210722")
      .filter(([symbol]) => symbol === "BCHUSD_PERP")
      .at(-1);
    expect(last?.slice(2)).toEqual(["427.79", "222", "427.80", "150"]);
    expect(exchange.book("backpack:BCH_USD_PERP", 1)).toMatchObject({ bids: [[42_779, 222]], asks: [[42_780, 150]] });
  });
});
