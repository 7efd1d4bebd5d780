// What needs no key, on both services: every answer has every field of the captured or documented one.
import { millis } from "@bp/core";
import { asterFuturesMarkets } from "@bp/sim";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyOf } from "../trial.fixture.ts";
import { btc, lacks, type Played, playAster, sample, spotBtc } from "./trial.fixture.ts";

let played: Played;
beforeAll(async () => {
  played = await playAster({}, { speed: 1 });
  const { futures, spot } = played;
  futures.take(btc, "buy", 599_100, 4);
  futures.take(btc, "buy", 599_200, 1000);
  futures.take(btc, "sell", 599_000, 2);
  spot.take(spotBtc, "buy", 5_991_000, 500);
  const { exchange } = played.site("futures");
  futures.mark(btc, 599_050);
  exchange.advance(millis(exchange.now() + 9 * 3_600_000)); // over a funding stamp
  futures.mark(btc, 599_050);
});
afterAll(() => played.sandbox.close());

const get = async (service: "futures" | "spot", path: string) => replyOf(await fetch(played.site(service).rest + path));

describe("futures", () => {
  it.for([
    ["ping", "ping"],
    ["time", "time"],
    ["depth?symbol=BTCUSDT&limit=5", "depth"],
    ["trades?symbol=BTCUSDT", "trades"],
    ["historicalTrades?symbol=BTCUSDT&fromId=1", "historicalTrades"],
    ["aggTrades?symbol=BTCUSDT", "aggTrades"],
    ["klines?symbol=BTCUSDT&interval=1m", "klines"],
    ["indexPriceKlines?pair=BTCUSDT&interval=1m", "indexPriceKlines"],
    ["markPriceKlines?symbol=BTCUSDT&interval=1m", "markPriceKlines"],
    ["premiumIndex?symbol=BTCUSDT", "premiumIndex"],
    ["premiumIndex", "premiumIndex-all"],
    ["fundingRate?symbol=BTCUSDT", "fundingRate"],
    ["fundingInfo", "fundingInfo"],
    ["indexreferences?symbol=BTCUSDT", "indexreferences"],
    ["ticker/24hr?symbol=BTCUSDT", "ticker24hr"],
    ["ticker/24hr", "ticker24hr-all"],
    ["ticker/price?symbol=BTCUSDT", "tickerPrice"],
    ["ticker/price", "tickerPrice-all"],
    ["ticker/bookTicker?symbol=BTCUSDT", "bookTicker"],
    ["ticker/bookTicker", "bookTicker-all"],
  ] as const)("%s answers like the sample on both versions", async ([path, name]) => {
    const answer = await get("futures", `/fapi/v3/${path}`);
    expect(answer.status).toBe(200);
    expect(lacks(answer.json, sample(`futures-rest-${name}`))).toEqual([]);
    const older = await get("futures", `/fapi/v1/${path}`);
    expect(older.status).toBe(path.startsWith("historical") ? 401 : path.startsWith("indexref") ? 404 : 200);
  });

  it("exchangeInfo has the filters of the live one, with the instrument's values", async () => {
    const { json } = await get("futures", "/fapi/v3/exchangeInfo");
    const wanted = sample("futures-rest-exchangeInfo");
    expect(lacks(json, wanted)).toEqual([]);
    expect(json.rateLimits).toEqual(wanted.rateLimits);
    const [first] = json.symbols;
    const like = wanted.symbols.find(({ symbol }: { symbol: string }) => symbol === "BTCUSDT");
    expect(Object.keys(first).toSorted()).toEqual(Object.keys(like).toSorted());
    for (const filter of like.filters) {
      const own = first.filters.find(({ filterType }: { filterType: string }) => filterType === filter.filterType);
      expect(Object.keys(own).toSorted()).toEqual(Object.keys(filter).toSorted());
    }
    expect(first.filters).toContainEqual(
      expect.objectContaining({ filterType: "PERCENT_PRICE", multiplierUp: "1.0200", multiplierDown: "0.9800" }),
    );
    const sol = json.symbols.find(({ symbol }: { symbol: string }) => symbol === "SOLUSDT");
    expect(sol.pricePrecision).toBe(3); // one more than the tick, which is 0.010
    expect(sol.filters[0].tickSize).toBe("0.010");
    expect(json.symbols).toHaveLength(asterFuturesMarkets().length);
  });

  it("keeps books best first and tells candles, aggregates and tickers of what was traded", async () => {
    const depth = (await get("futures", "/fapi/v3/depth?symbol=BTCUSDT&limit=5")).json;
    expect(depth.bids).toEqual([
      ["59900.0", "0.998"],
      ["59890.0", "2.000"],
    ]);
    expect(depth.asks).toEqual([["59920.0", "2.000"]].map(([price]) => [price, "1.996"]));
    const trades = (await get("futures", "/fapi/v3/aggTrades?symbol=BTCUSDT")).json;
    expect(trades.map(({ p, q, f, l, m }: Record<string, unknown>) => [p, q, f, l, m])).toEqual([
      ["59910.0", "0.004", 1, 1, false],
      ["59910.0", "0.996", 2, 2, false],
      ["59920.0", "0.004", 3, 3, false],
      ["59900.0", "0.002", 4, 4, true],
    ]);
    const day = (await get("futures", "/fapi/v3/ticker/24hr?symbol=BTCUSDT")).json;
    expect(day).toMatchObject({
      lastPrice: "59900",
      highPrice: "59920",
      volume: "1.006",
      count: 4,
      firstId: 1,
      lastId: 4,
    });
    const [candle] = (await get("futures", "/fapi/v3/klines?symbol=BTCUSDT&interval=1d&limit=1")).json;
    expect(candle).toHaveLength(12);
    expect(candle.slice(1, 6)).toEqual([
      "59910.00000000",
      "59920.00000000",
      "59900.00000000",
      "59900.00000000",
      "1.006",
    ]);
    expect(candle[9]).toBe("1.004");
  });

  it("says what it does not know in codes", async () => {
    const code = async (path: string) => (await get("futures", path)).json.code;
    expect((await get("futures", "/fapi/v3/indexreferences?symbol=NOPE")).json).toEqual(
      sample("futures-rest-error-indexreferences"),
    );
    expect((await get("futures", "/fapi/v3/depth?symbol=NOPE")).json).toEqual(sample("rest-error"));
    expect(await code("/fapi/v3/depth?symbol=BTCUSDT&limit=7")).toBe(-4021);
    expect(await code("/fapi/v3/depth")).toBe(-1102);
    expect(await code("/fapi/v3/klines?symbol=BTCUSDT&interval=7m")).toBe(-1120);
    expect(await code("/fapi/v3/aggTrades?symbol=BTCUSDT&startTime=5&endTime=4")).toBe(-1023);
    expect(await code("/fapi/v3/aggTrades?symbol=BTCUSDT&startTime=1&endTime=4000000")).toBe(-1127);
    expect((await get("futures", "/fapi/v3/nothing")).status).toBe(404);
  });
});

describe("spot", () => {
  it.for([
    ["ping", "ping"],
    ["time", "time"],
    ["depth?symbol=BTCUSDT&limit=5", "depth"],
    ["trades?symbol=BTCUSDT", "trades"],
    ["historicalTrades?symbol=BTCUSDT", "historicalTrades"],
    ["aggTrades?symbol=BTCUSDT", "aggTrades"],
    ["klines?symbol=BTCUSDT&interval=1m", "klines"],
    ["ticker/24hr?symbol=BTCUSDT", "ticker24hr"],
    ["ticker/price?symbol=BTCUSDT", "tickerPrice"],
    ["ticker/price", "tickerPrice-all"],
    ["ticker/bookTicker?symbol=BTCUSDT", "bookTicker"],
    ["ticker/bookTicker", "bookTicker-all"],
    ["aster/withdraw/estimateFee?chainId=56&asset=USDT", "withdrawEstimateFee"],
  ])("%s answers like the sample", async ([path, name]) => {
    const answer = await get("spot", `/api/v3/${path}`);
    expect(answer.status).toBe(200);
    expect(lacks(answer.json, sample(`spot-rest-${name}`))).toEqual([]);
  });

  it("exchangeInfo has the filters of the live one", async () => {
    const { json } = await get("spot", "/api/v3/exchangeInfo");
    const wanted = sample("spot-rest-exchangeInfo");
    expect(json.rateLimits).toEqual(wanted.rateLimits);
    const [own] = json.symbols;
    const like = wanted.symbols.find(({ symbol }: { symbol: string }) => symbol === "BTCUSDT");
    expect(Object.keys(own).toSorted()).toEqual(Object.keys(like).toSorted());
    expect(own.filters.map(Object.keys)).toEqual(like.filters.map(Object.keys));
  });

  it("has candles of eleven cells and trades with both amounts", async () => {
    expect((await get("spot", "/api/v3/klines?symbol=BTCUSDT&interval=1m")).json[0]).toHaveLength(11);
    const [trade] = (await get("spot", "/api/v3/trades?symbol=BTCUSDT")).json;
    expect(trade).toMatchObject({ price: "59910.00", qty: "299.55", baseQty: "0.00500" });
  });
});

describe("depthLagMs", () => {
  it("answers books as old as it says", async () => {
    const other = await playAster({ depthLagMs: 60_000 });
    const ask = async () => replyOf(await fetch(`${other.site("futures").rest}/fapi/v3/depth?symbol=BTCUSDT&limit=5`));
    const before = (await ask()).json;
    other.futures.take(btc, "buy", 599_100, 1000);
    other.pass(1);
    expect((await ask()).json).toEqual(before);
    await other.sandbox.close();
  });
});
