import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BpError, millis, toLots, toTicks } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { MarketSource } from "../contract.ts";
import { createExchange } from "../exchange.ts";
import { order, start } from "../trial.fixture.ts";
import { readLine } from "./line.ts";
import { recordedMarket } from "./recorded.ts";

const us = (ms: number) => 1_723_161_254_000_000 + ms * 1_000;
const rest = (ms: number, last: number, bids: string[][], asks: string[][]) =>
  JSON.stringify({
    t: us(ms),
    rest: "/api/v1/depth?symbol=SOL_USDC&limit=1000",
    d: { lastUpdateId: String(last), bids, asks },
  });
const depth = (ms: number, id: number, b: string[][], a: string[][]) =>
  JSON.stringify({
    t: us(ms),
    d: { stream: "depth.SOL_USDC", data: { e: "depth", s: "SOL_USDC", U: id, u: id, b, a, E: 1, T: 1 } },
  });
const print = (ms: number, p: string, q: string, m: boolean) =>
  JSON.stringify({
    t: us(ms),
    d: { stream: "trade.SOL_USDC", data: { e: "trade", s: "SOL_USDC", p, q, m, t: 1, E: 1, T: 1 } },
  });

const small = [
  rest(
    0,
    10,
    [
      ["149.99", "4"],
      ["150", "2.5"],
    ],
    [
      ["150.02", "3"],
      ["150.05", "1"],
    ],
  ),
  depth(100, 11, [["150.00", "1.00"]], []),
  `{"t":${us(150)},"d":{"stream":"bookTicker.SOL_USDC","data":{"e":"bookTicker","s":"SOL_USDC"}}}`,
  depth(200, 12, [["150.00", "0.00"]], []),
  depth(300, 13, [], [["150.01", "0.50"]]),
  print(400, "149.99", "4.10", true),
  "",
  depth(
    500,
    14,
    [
      ["149.99", "0.00"],
      ["149.98", "7.00"],
    ],
    [],
  ),
];

function play(lines: readonly string[], options: Partial<Parameters<typeof recordedMarket>[0]> = {}) {
  const market = recordedMarket({ lines, ...options });
  const exchange = createExchange({
    start,
    market,
    accounts: [{ name: "alice", balances: { USDC: "1000000", SOL: "1000" } }],
  });
  const at = (ms: number) => exchange.advance(millis(start + ms));
  return { market, exchange, at };
}

describe("recordedMarket", () => {
  it("finds its market and plays it from the exchange's start", () => {
    const { exchange, at, market } = play(small);
    const id = "backpack:SOL_USDC";
    expect(exchange.instruments).toMatchObject([
      { id, kind: "spot", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.1" },
    ]);
    expect(exchange.book(id)).toMatchObject({
      bids: [
        [15_000, 25],
        [14_999, 40],
      ],
      asks: [
        [15_002, 30],
        [15_005, 10],
      ],
    });
    expect(exchange.mark(id)).toMatchObject({ mark: 15_001, at: start });
    expect(exchange.nextAt()).toBe(start + 100);
    at(100);
    expect(exchange.book(id, 1).bids).toEqual([[15_000, 10]]);
    at(300);
    expect(exchange.book(id, 1)).toMatchObject({ bids: [[14_999, 40]], asks: [[15_001, 5]] });
    at(500);
    expect(exchange.trades(id)).toMatchObject([{ price: 14_999, size: 41, taker: "sell" }]);
    expect(exchange.book(id, 1).bids).toEqual([[14_998, 70]]);
    expect(exchange.nextAt()).toBeUndefined();
    expect([market.gaps, market.bad, market.line]).toEqual([0, 0, 8]);
  });

  it("fills our order by the prints that reach its place", () => {
    const { exchange, at } = play(small);
    exchange.place("alice", order("backpack:SOL_USDC", "buy", 14_999, 10));
    at(500);
    expect(exchange.fills("alice")).toMatchObject([{ size: 1, price: 14_999, liquidity: "maker" }]); // 4.1 printed, 4 in front
  });

  it("plays faster when asked to", () => {
    const { exchange } = play(small, { speed: 4 });
    expect(exchange.nextAt()).toBe(start + 25);
  });

  it("plays one symbol as the markets it is told to be", () => {
    const { exchange, at } = play(small, {
      as: [
        { id: "backpack:SOL_USDC", lotSize: "0.01" },
        { id: "backpack:SOL_USDC_PERP", lotSize: "0.01", maker: "0" },
      ],
    });
    expect(exchange.instruments).toMatchObject([
      { kind: "spot", lotSize: "0.01" },
      { kind: "perp", lotSize: "0.01", fees: { maker: "0" } },
    ]);
    at(500);
    expect(exchange.book("backpack:SOL_USDC_PERP").bids).toEqual(exchange.book("backpack:SOL_USDC").bids);
  });

  it("counts gaps and goes on", () => {
    const { exchange, at, market } = play(small.filter((_, place) => place !== 1));
    at(500);
    expect(market.gaps).toBe(1);
    expect(exchange.book("backpack:SOL_USDC", 1).bids).toEqual([[14_998, 70]]);
  });

  it("waits for the snapshot when frames come first", () => {
    const [snapshot = "", ...frames] = small;
    const { exchange, at, market } = play([
      depth(-50, 10, [["150.00", "9.90"]], []),
      frames[0] ?? "",
      snapshot,
      ...frames.slice(1),
    ]);
    at(1_000);
    expect(market.gaps).toBe(0);
    expect(exchange.book("backpack:SOL_USDC", 1).bids).toEqual([[14_998, 70]]);
  });

  it("forgets levels that a later snapshot does not have", () => {
    const { exchange, at } = play([...small, rest(600, 14, [["149.50", "1"]], [["150.05", "1"]])]);
    at(600);
    expect(exchange.book("backpack:SOL_USDC")).toMatchObject({ bids: [[14_950, 10]], asks: [[15_005, 10]] });
  });

  it("says which line is cut", () => {
    const cut = [...small.slice(0, 3), (small[3] ?? "").slice(0, 60), ...small.slice(4)];
    expect(() => recordedMarket({ lines: cut, file: "day.l2.ndjson" })).toThrow(
      new BpError("sim/bad-recording", { file: "day.l2.ndjson", line: 4, why: "it is cut or not JSON" }),
    );
    const { market, at } = play(cut, { onBad: "skip-count" });
    at(500);
    expect([market.bad, market.gaps]).toEqual([1, 1]);
  });

  it("says which line is off its grid", () => {
    const wrong = [...small, depth(600, 15, [["149.9812345", "7.00"]], [])];
    const { exchange } = play(wrong, { as: [{ id: "backpack:SOL_USDC", tickSize: "0.01", lotSize: "0.01" }] });
    expect(() => exchange.advance(millis(start + 700))).toThrow(/line 9: 149.9812345/);
    expect(exchange.nextAt()).toBeUndefined(); // the recording has ended there
  });

  it("refuses a file without a market", () => {
    expect(() => recordedMarket({ lines: [] })).toThrow(/no depth/);
    expect(() => recordedMarket({ lines: [print(0, "1", "1", true)] })).toThrow(/no depth/);
    expect(() => recordedMarket({ lines: ["[1]"] })).toThrow(/line 1: t is not/);
    expect(() => recordedMarket({ lines: small, as: [{ symbol: "BTC_USDC", id: "backpack:BTC_USDC" }] })).toThrow(
      /no depth of BTC_USDC in its first lines, only of SOL_USDC/,
    );
  });

  it("reads lines only as it needs them", () => {
    let read = 0;
    function* endless() {
      yield small[0] ?? "";
      for (let id = 11; ; id++) {
        read += 1;
        yield depth(id, id, [["150.00", String(id % 7)]], []);
      }
    }
    const { at } = play([], { lines: endless() });
    const head = read;
    at(10_000);
    expect(read - head).toBeGreaterThan(7_000);
    expect(read).toBeLessThan(12_100);
  });
});

/** `../shared/data` beside the repository; it does not ship with it. */
function findData(): string | undefined {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, "../shared/data");
    if (existsSync(join(found, "README.md"))) return found;
  }
  return undefined;
}

const data = findData();
const unpacked = (name: string) => gunzipSync(readFileSync(join(data ?? "", name))).toString();

describe.skipIf(data === undefined)("real recordings (skipped where ../shared/data is absent)", () => {
  const names = [
    "backpackfmt-btc_usdc-transcoded",
    "spot-btcusdt-20240808",
    "usdm-btcusdt-20240808",
    "cm-ethusd_perp-20240808",
  ];
  for (const name of names)
    it(`${name}: the touch is the oracle's after every frame of a slice`, () => {
      const oracle = new Map<string, readonly string[]>();
      for (const row of unpacked(`${name}.bbo.csv.gz`).split("\n").slice(1)) {
        const [u = "", ...touch] = row.split(",");
        oracle.set(u, touch);
      }
      const lines = unpacked(`${name}.l2.ndjson.gz`).split("\n").slice(0, 40_000);
      const entries = lines.flatMap((line) => (line === "" ? [] : (readLine(line) ?? [])));
      const market = recordedMarket({ lines });
      const [instrument] = market.instruments;
      if (instrument === undefined) throw new Error("no market");
      let compared = 0;
      const wrong: unknown[] = [];
      let synced = false;
      let at = entries.findIndex(({ us }) => us >= (entries[0]?.us ?? 0) + 1_000); // the first millisecond is played at once
      const source: MarketSource = {
        instruments: market.instruments,
        attach: (hands) => market.attach(hands),
        nextAt: () => market.nextAt(),
        act: () => {
          market.act();
          const entry = entries[at];
          at += 1;
          synced ||= entries.slice(0, at).some(({ kind }) => kind === "snapshot");
          const touch = entry?.kind === "depth" && synced ? oracle.get(String(entry.last)) : undefined;
          if (touch === undefined) return;
          compared += 1;
          const [bid = "", bidSize = "", ask = "", askSize = ""] = touch;
          const { bids, asks } = exchange.book(instrument.id, 1);
          const expected = [
            [[toTicks(instrument, bid), toLots(instrument, bidSize)]],
            [[toTicks(instrument, ask), toLots(instrument, askSize)]],
          ];
          if (JSON.stringify([bids, asks]) !== JSON.stringify(expected)) wrong.push({ entry, bids, asks, expected });
        },
      };
      const exchange = createExchange({ start, accounts: [], market: source });
      for (let next = source.nextAt(); next !== undefined; next = source.nextAt()) exchange.advance(next);
      expect(wrong.slice(0, 1)).toEqual([]);
      expect(compared).toBeGreaterThan(1_000);
      expect([market.gaps, market.bad]).toEqual([0, 0]);
    });

  it("several symbols of one recording play side by side", () => {
    const market = recordedMarket({ lines: unpacked("cm-sync-a-20210722.l2.ndjson.gz").split("\n") });
    const exchange = createExchange({ start, accounts: [], market });
    for (let next = market.nextAt(); next !== undefined; next = market.nextAt()) exchange.advance(next);
    expect(exchange.instruments).toHaveLength(5);
    expect(market.gaps).toBe(0);
    const last = unpacked("cm-sync-a-20210722.bbo.csv.gz")
      .split("\n")
      .filter((row) => row.startsWith("BCHUSD_PERP,"))
      .at(-1);
    expect(last?.split(",").slice(2)).toEqual(["427.79", "222", "427.80", "150"]);
    expect(exchange.book("backpack:BCH_USD_PERP", 1)).toMatchObject({ bids: [[42_779, 222]], asks: [[42_780, 150]] });
  });
});
