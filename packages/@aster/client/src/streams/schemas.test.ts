import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { fixture } from "../../test/venue.ts";
import { nameOfBare } from "./bare.ts";
import * as schemas from "./schemas.ts";

const dataOf = (name: string) => {
  const value = fixture(name);
  return typeof value === "object" && value !== null && "data" in value ? value.data : value;
};

describe("schemas", () => {
  const samples: readonly (readonly [string, z.ZodType])[] = [
    ["futures-ws-aggTrade.json", schemas.aggTradeUpdate],
    ["futures-ws-combined.json", schemas.aggTradeUpdate],
    ["spot-ws-aggTrade.json", schemas.aggTradeUpdate],
    ["spot-ws-trade.json", schemas.tradeUpdate],
    ["futures-ws-tradepro.json", schemas.tradeproUpdate],
    ["spot-ws-tradepro.json", schemas.tradeproUpdate],
    ["futures-ws-markPriceUpdate.json", schemas.markPriceUpdate],
    ["futures-ws-markPriceUpdate-arr.json", schemas.markPriceUpdates],
    ["futures-ws-kline.json", schemas.klineUpdate],
    ["spot-ws-kline.json", schemas.klineUpdate],
    ["futures-ws-24hrMiniTicker.json", schemas.miniTickerUpdate],
    ["futures-ws-24hrMiniTicker-arr.json", schemas.miniTickerUpdates],
    ["spot-ws-24hrMiniTicker.json", schemas.miniTickerUpdate],
    ["futures-ws-24hrTicker.json", schemas.tickerUpdate],
    ["futures-ws-24hrTicker-arr.json", schemas.tickerUpdates],
    ["spot-ws-24hrTicker.json", schemas.tickerUpdate],
    ["futures-ws-bookTicker.json", schemas.bookTickerUpdate],
    ["spot-ws-bookTicker.json", schemas.bookTickerUpdate],
    ["futures-ws-forceOrder.json", schemas.forceOrderUpdate],
    ["futures-ws-depthUpdate.json", schemas.depthUpdate],
    ["futures-ws-depthUpdate.live.json", schemas.depthUpdate],
    ["futures-ws-depth-partial.json", schemas.depthUpdate],
    ["spot-ws-depthUpdate.json", schemas.depthUpdate],
    ["spot-ws-depth-partial.json", schemas.depthUpdate],
    ["futures-ws-announcement-public.json", schemas.announcementUpdate],
  ];
  it.each(samples)("read %s", (name, schema) => {
    expect(schema.safeParse(dataOf(name)).error).toBeUndefined();
  });

  it("call the sides b and a, also where spot says bids and asks", () => {
    expect(schemas.depthUpdate.parse(dataOf("spot-ws-depth-partial.json"))).toMatchObject({
      b: [["0.0024", "10"]],
      a: [["0.0026", "100"]],
      pu: 99,
    });
    expect(schemas.depthUpdate.safeParse({ s: "X", U: 1, u: 2, b: [] }).success).toBe(false);
  });

  it("take numbers as text or not, new fields and new words", () => {
    const odd = { ...(dataOf("futures-ws-forceOrder.json") as { o: object }), news: {} };
    const update = schemas.forceOrderUpdate.parse({
      ...odd,
      o: { ...odd.o, X: "HALF_DONE", q: 0.014, T: "1568014460893" },
    });
    expect(update.o).toMatchObject({ X: "HALF_DONE", q: "0.014", T: 1568014460893 });
  });
});

describe("user events", () => {
  it.each([
    [
      "futures-ws-user-ORDER_TRADE_UPDATE.json",
      { e: "ORDER_TRADE_UPDATE", o: { i: "8886774", t: "0", AP: "7476.89" } },
    ],
    ["futures-ws-user-ORDER_TRADE_UPDATE-trade.json", { o: { t: "698759", m: true, n: "0.00132004", z: "0.004" } }],
    ["futures-ws-user-ORDER_TRADE_UPDATE-gtx-expired.synthetic.json", { o: { x: "EXPIRED", n: null } }],
    ["futures-ws-user-ACCOUNT_UPDATE.json", { a: { m: "ORDER", P: [{ pa: "0" }, { ps: "LONG" }, { pa: "-10" }] } }],
    ["futures-ws-user-ACCOUNT_UPDATE.live.json", { a: { P: [{ ma: "USDT" }] } }],
    ["futures-ws-user-MARGIN_CALL.json", { p: [{ mm: "1.614445" }] }],
    ["futures-ws-user-ACCOUNT_CONFIG_UPDATE-leverage.json", { ac: { l: 25 } }],
    ["futures-ws-user-ACCOUNT_CONFIG_UPDATE-mode.json", { ai: { d: true } }],
    ["futures-ws-user-listenKeyExpired.json", { e: "listenKeyExpired" }],
    ["futures-ws-user-announcement-direct.json", { e: "announcement", en: { c: "DIRECT" } }],
  ])("of futures: %s", (name, expected) => {
    expect(schemas.futuresUserEvent.parse(dataOf(name))).toMatchObject(expected);
  });

  it.each([
    ["spot-ws-user-executionReport.json", { e: "executionReport", i: "27", t: "18", n: "0.00382000", N: "SLP25" }],
    ["spot-ws-user-outboundAccountPosition.json", { e: "outboundAccountPosition", m: "WITHDRAW" }],
    ["spot-ws-user-outboundAccountPosition.live.json", { u: 1768547778317 }],
  ])("of spot: %s", (name, expected) => {
    expect(schemas.spotUserEvent.parse(dataOf(name))).toMatchObject(expected);
  });

  it("keep what is not known, whole", () => {
    const raw = { e: "GRID_UPDATE", E: 1, x: [1] };
    expect(schemas.futuresUserEvent.parse(raw)).toEqual({ e: "unknown", event: "GRID_UPDATE", raw });
    expect(schemas.spotUserEvent.parse({ toString: 1 })).toMatchObject({ e: "unknown", event: "" });
  });

  it("keep ids beyond 2^53 to the last digit, and fail on what a fill cannot be without", () => {
    const trade = dataOf("futures-ws-user-ORDER_TRADE_UPDATE-trade.json") as { readonly o: object };
    const found = schemas.futuresUserEvent.parse({ ...trade, o: { ...trade.o, i: "1234567890123456789" } });
    expect(found).toMatchObject({ o: { i: "1234567890123456789" } });
    expect(
      schemas.futuresUserEvent.safeParse({ ...trade, o: { ...trade.o, z: undefined } }).error?.issues[0]?.path,
    ).toEqual(["o", "z"]);
  });
});

describe("nameOfBare", () => {
  const all = ["btcusdt@aggTrade", "btcusdt@kline_1m", "btcusdt@markPrice@1s", "!markPrice@arr", "!forceOrder@arr"];
  it.each([
    ["futures-ws-aggTrade.json", "btcusdt@aggTrade"],
    ["futures-ws-kline.json", "btcusdt@kline_1m"],
    ["futures-ws-markPriceUpdate.json", "btcusdt@markPrice@1s"],
    ["futures-ws-markPriceUpdate-arr.json", "!markPrice@arr"],
    ["futures-ws-forceOrder.json", "!forceOrder@arr"],
  ])("finds the stream of %s", (name, expected) => {
    expect(nameOfBare(dataOf(name), all)).toBe(expected);
  });

  it("knows spot's touch by its keys", () => {
    expect(nameOfBare(dataOf("spot-ws-bookTicker.json"), ["bnbusdt@bookTicker"])).toBe("bnbusdt@bookTicker");
  });

  it("never guesses between changes and top of one book", () => {
    const depth = dataOf("futures-ws-depthUpdate.json");
    expect(nameOfBare(depth, ["btcusdt@depth@100ms"])).toBe("btcusdt@depth@100ms");
    expect(nameOfBare(depth, ["btcusdt@depth@100ms", "btcusdt@depth20@100ms"])).toBeUndefined();
    expect(nameOfBare(depth, ["ethusdt@depth@100ms"])).toBeUndefined();
  });

  it.each([null, 5, [], [null], {}, { e: "kline" }, { e: "constructor", s: "BTCUSDT" }])(
    "finds none for %j",
    (value) => {
      expect(nameOfBare(value, all)).toBeUndefined();
    },
  );
});
