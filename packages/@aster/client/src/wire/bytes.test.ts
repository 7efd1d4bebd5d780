import { bytesOf, DepthFrame, type FrameSide } from "@bp/adapter";
import { instrument, toLots, toTicks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/venue.ts";
import { bookTickerUpdate } from "../streams/bookTicker.ts";
import { depthUpdate } from "../streams/depth.ts";
import { type BookTickerFrame, bookTickerReader } from "./bookTickerBytes.ts";
import { depthReader } from "./depthBytes.ts";
import { findStream } from "./envelopeBytes.ts";
import { aggTradeReader, type TradeFrame, tradeReader } from "./tradeBytes.ts";

const marketOf = (tickSize: string, lotSize: string) =>
  instrument({ id: "aster-futures:BTCUSDT", kind: "perp", base: "BTC", quote: "USDT", tickSize, lotSize });
const market = marketOf("0.1", "0.001");
const readDepth = depthReader("BTCUSDT", market);

const price = fc.integer({ min: 0, max: 10 ** 8 }).map((ticks) => (ticks / 10).toFixed(1));
const size = fc.integer({ min: 0, max: 10 ** 9 }).map((lots) => (lots / 1000).toFixed(3));
const side = fc.array(fc.tuple(price, size), { maxLength: 30 });
const id = fc.integer({ min: 0, max: 2 ** 52 });
const depth = fc.record({
  e: fc.constant("depthUpdate"),
  E: fc.integer({ min: 1, max: 1_900_000_000_000 }),
  T: fc.integer({ min: 1, max: 1_900_000_000_000 }),
  s: fc.constant("BTCUSDT"),
  U: id,
  u: id,
  pu: id,
  b: side,
  a: side,
});
const stream = fc.constantFrom("btcusdt@depth", "btcusdt@depth@100ms", "btcusdt@depth@500ms", undefined);
const text = (data: unknown, name: string | undefined) =>
  JSON.stringify(name === undefined ? data : { stream: name, data });
const levelsOf = ({ count, prices, sizes }: FrameSide) =>
  Array.from({ length: count }, (_, at) => [prices[at], sizes[at]]);
const shuffled = (value: object, order: readonly number[]) =>
  Object.fromEntries(
    Object.entries(value)
      .map((entry, at) => [order[at] ?? 0, entry] as const)
      .toSorted(([x], [y]) => x - y)
      .map(([, entry]) => entry),
  );

describe("depthReader", () => {
  it("reads what JSON and schema read, in any order of keys, with an envelope or without", () => {
    const frame = new DepthFrame();
    fc.assert(
      fc.property(depth, stream, fc.array(fc.integer(), { minLength: 9, maxLength: 9 }), (data, name, order) => {
        expect(readDepth(bytesOf(text(shuffled(data, order), name)), frame)).toBe(true);
        const { U, u, pu, T, b, a } = depthUpdate.parse(data);
        expect([frame.first, frame.last, frame.previous, frame.time]).toEqual([U, u, pu, T]);
        const expected = (levels: readonly (readonly [string, string])[]) =>
          levels.map(([at, lots]) => [toTicks(market, at), toLots(market, lots)]);
        expect([levelsOf(frame.bids), levelsOf(frame.asks)]).toEqual([expected(b), expected(a)]);
      }),
    );
  });

  it("reads the samples of both services", () => {
    const frame = new DepthFrame();
    const spot = depthReader("BTCUSDT", marketOf("0.0001", "1"));
    const live = bytesOf(JSON.stringify(fixture("futures-ws-depthUpdate.live.json")));
    expect(readDepth(live, frame)).toBe(true);
    expect([frame.previous, frame.time, levelsOf(frame.bids)]).toEqual([
      156391348236,
      1754556878031,
      [[1_149_883, 147]],
    ]);
    expect(spot(bytesOf(JSON.stringify(fixture("spot-ws-depthUpdate.json"))), frame)).toBe(true);
    expect(spot(bytesOf(JSON.stringify(fixture("spot-ws-depth-partial.json"))), frame)).toBe(true);
    expect([levelsOf(frame.bids), levelsOf(frame.asks)]).toEqual([[[24, 10]], [[26, 100]]]);
  });

  it("steps over keys it does not know, and does without T and pu", () => {
    const frame = new DepthFrame();
    const data = { e: "depthUpdate", E: 7, s: "BTCUSDT", ps: "BTC", n: 12, U: 1, u: 2, b: [], a: [] };
    expect(readDepth(bytesOf(JSON.stringify(data)), frame)).toBe(true);
    expect([frame.previous, frame.time]).toEqual([-1, 7]);
  });

  const good = {
    e: "depthUpdate",
    E: 1754556878284,
    T: 1754556878031,
    s: "BTCUSDT",
    U: 1,
    u: 2,
    pu: 0,
    b: [["1.0", "1"]],
    a: [],
  };
  it.each([
    ["the top of the book", text(good, "btcusdt@depth20@100ms")],
    ["the top of the book at its usual speed", text(good, "btcusdt@depth5")],
    ["another stream", text(good, "ethusdt@depth")],
    ["another market", text({ ...good, s: "ETHUSDT" }, "btcusdt@depth")],
    ["another event", text({ ...good, e: "depthSnapshot" }, "btcusdt@depth")],
    ["spaces", JSON.stringify(good, null, 1)],
    ["a missing id", text({ ...good, u: undefined }, undefined)],
    ["a missing side", text({ ...good, a: undefined }, undefined)],
    ["an id of 19 digits", text(good, undefined).replace('"u":2', '"u":1234567890123456789')],
    ["an id as text", text({ ...good, u: "2" }, undefined)],
    ["null", text({ ...good, pu: null }, undefined)],
    ["a price off the grid", text({ ...good, b: [["1.05", "1"]] }, undefined)],
    ["a size below 0", text({ ...good, b: [["1.0", "-1"]] }, undefined)],
    ["an exponent", text({ ...good, b: [["1e3", "1"]] }, undefined)],
    ["a bare number", text({ ...good, b: [[1, "1"]] }, undefined)],
    ["a huge price", text({ ...good, b: [["9".repeat(20), "1"]] }, undefined)],
    ["three columns", text({ ...good, b: [["1.0", "1", "2"]] }, undefined)],
    ["something behind it", `${text(good, "btcusdt@depth")} `],
    ["a list", `[${text(good, undefined)}]`],
    ["nothing", ""],
  ])("leaves %s to the slow way", (_, frame) => {
    expect(readDepth(bytesOf(frame), new DepthFrame())).toBe(false);
  });

  it("never takes a frame that was cut or has a byte changed for another one", () => {
    const whole = bytesOf(
      text({ ...good, b: [["61800.2", "2.909"]], a: [["61800.3", "1.072"]] }, "btcusdt@depth@100ms"),
    );
    const frame = new DepthFrame();
    for (let length = 0; length < whole.length; length++)
      expect(readDepth(whole.subarray(0, length), frame)).toBe(false);
    const changed = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(changed, ([at, byte]) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] = byte;
        if (!readDepth(bytes, frame)) return;
        // What it does read, JSON and schema read too, and the same.
        const value = JSON.parse(new TextDecoder("utf-8", { fatal: false }).decode(bytes)) as {
          readonly data: unknown;
        };
        const { U, u, b } = depthUpdate.parse(value.data);
        expect([frame.first, frame.last, levelsOf(frame.bids)]).toEqual([
          U,
          u,
          b.map(([ticks, lots]) => [toTicks(market, ticks), toLots(market, lots)]),
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("survives garbage", () => {
    const frame = new DepthFrame();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readDepth(bytes, frame)).toBe(false);
        findStream(bytes, { from: 0, to: 0 });
      }),
    );
  });
});

describe("aggTradeReader and tradeReader", () => {
  const frame = (): TradeFrame => ({ time: 0, id: 0, price: 0, size: 0, buyerRested: false });
  const cheap = marketOf("0.001", "1");
  it("read the samples of both services", () => {
    const found = frame();
    const aggregated = aggTradeReader("BTCUSDT", cheap);
    expect(aggregated(bytesOf(JSON.stringify(fixture("futures-ws-aggTrade.json"))), found)).toBe(true);
    expect(found).toEqual({ time: 123456785, id: 5933014, price: 1, size: 100, buyerRested: true });
    expect(aggregated(bytesOf(JSON.stringify(fixture("futures-ws-combined.json"))), frame())).toBe(true);
    const spot = aggTradeReader("BNBBTC", cheap);
    expect(spot(bytesOf(JSON.stringify(fixture("spot-ws-aggTrade.json"))), found)).toBe(true); // with its M
    expect(tradeReader("BNBBTC", cheap)(bytesOf(JSON.stringify(fixture("spot-ws-trade.json"))), found)).toBe(true);
    expect(found).toMatchObject({ id: 12345, time: 123456785 });
  });

  it.each([
    ["a trade that is none of its kind", { e: "trade" }],
    ["another market", { s: "ETHUSDT" }],
    ["no word of who rested", { m: undefined }],
    ["a bare price", { p: 1 }],
    ["null", { q: null }],
  ])("leave %s to the slow way", (_, change) => {
    const data = { ...(fixture("futures-ws-aggTrade.json") as object), ...change };
    expect(aggTradeReader("BTCUSDT", cheap)(bytesOf(JSON.stringify(data)), frame())).toBe(false);
  });

  it("tell false from true", () => {
    const found = frame();
    const data = { ...(fixture("futures-ws-aggTrade.json") as object), m: false };
    expect(aggTradeReader("BTCUSDT", cheap)(bytesOf(text(data, "btcusdt@aggTrade")), found)).toBe(true);
    expect(found.buyerRested).toBe(false);
  });
});

describe("bookTickerReader", () => {
  const bnb = marketOf("0.0001", "0.01");
  const read = bookTickerReader("BNBUSDT", bnb);
  const frame = (): BookTickerFrame => ({ time: 0, id: 0, bid: 0, bidSize: 0, ask: 0, askSize: 0 });
  const expected = { id: 400900217, bid: 253_519, bidSize: 3_121, ask: 253_652, askSize: 4_066 };

  it("reads the touch with its event and its times, and without", () => {
    const found = frame();
    expect(read(bytesOf(JSON.stringify(fixture("futures-ws-bookTicker.json"))), found)).toBe(true);
    expect(found).toEqual({ time: 1568014460891, ...expected });
    expect(read(bytesOf(text(fixture("spot-ws-bookTicker.json"), "bnbusdt@bookTicker")), found)).toBe(true);
    expect(found).toEqual({ time: 0, ...expected });
  });

  it("reads no other market's off the stream of all", () => {
    const data = { ...(fixture("futures-ws-bookTicker.json") as object), s: "BTCUSDT" };
    expect(read(bytesOf(text(data, "!bookTicker")), frame())).toBe(false);
    expect(bookTickerUpdate.parse(data).s).toBe("BTCUSDT");
  });

  it("survives what was cut", () => {
    const whole = bytesOf(text(fixture("futures-ws-bookTicker.json"), "bnbusdt@bookTicker"));
    for (let length = 0; length < whole.length; length++) expect(read(whole.subarray(0, length), frame())).toBe(false);
  });
});
