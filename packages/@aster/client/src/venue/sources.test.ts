import { bytesOf, type Feed, type Print } from "@bp/adapter";
import { instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/venue.ts";
import { createAster } from "../client.ts";
import { aggTradeUpdate } from "../streams/aggTrade.ts";
import { tradeUpdate } from "../streams/trade.ts";
import { aggTradeReader, tradeReader } from "../wire/tradeBytes.ts";
import { tradeSource } from "./sources.ts";

const marketOf = (id: "aster-futures:BTCUSDT" | "aster-spot:BNBBTC") =>
  instrument({ id, kind: "spot", base: "X", quote: "Y", tickSize: "0.001", lotSize: "1" });
const { futures, spot } = createAster();

const aggTrades: Feed<unknown> = futures.streams.aggTrade("BTCUSDT");
const trades: Feed<unknown> = spot.streams.trade("BNBBTC");

describe.each([
  {
    name: "futures",
    sample: "futures-ws-aggTrade.json",
    key: "a",
    market: marketOf("aster-futures:BTCUSDT"),
    source: tradeSource("BTCUSDT", aggTrades, aggTradeReader, aggTradeUpdate, ({ a }) => a),
  },
  {
    name: "spot",
    sample: "spot-ws-trade.json",
    key: "t",
    market: marketOf("aster-spot:BNBBTC"),
    source: tradeSource("BNBBTC", trades, tradeReader, tradeUpdate, ({ t }) => t),
  },
])("tradeSource of $name", ({ sample, key, market, source }) => {
  const read = source.reader(market);
  const text = JSON.stringify(fixture(sample));
  const printOf = (frame: string): Print => {
    const print: Print = { id: 0, longId: "", at: 0, price: 0, size: 0, buyerRested: false };
    read(bytesOf(frame), print);
    return print;
  };
  const withId = (id: string) => printOf(text.replace(new RegExp(`"${key}":\\d+`), `"${key}":${id}`));

  it("reads the fast and the slow way alike, in an envelope or without", () => {
    const value: unknown = JSON.parse(text);
    expect(printOf(JSON.stringify(value, null, 1))).toEqual(printOf(text));
    expect(printOf(JSON.stringify({ stream: "x", data: value }, null, 1))).toEqual(printOf(text));
    expect(printOf(text).id).toBeGreaterThan(0);
  });

  it("keeps an id above 2^53 digit for digit, as a number or as text", () => {
    const { id: _, longId: __, ...rest } = printOf(text);
    const expected = { ...rest, id: -1, longId: "1234567890123456789" };
    expect(withId("1234567890123456789")).toEqual(expected);
    expect(withId('"1234567890123456789"')).toEqual(expected);
    expect(withId('"77"')).toMatchObject({ id: 77, longId: "" });
  });

  it("refuses a print without an id, with the place", () => {
    const context = expect.objectContaining({ path: key });
    expect(() => withId("null")).toThrow(expect.objectContaining({ code: "wire/schema", context }));
  });
});

describe("a futures print", () => {
  it("may be made of trades whose ids are above 2^53", () => {
    const data = {
      ...(fixture("futures-ws-aggTrade.json") as object),
      f: "1234567890123456788",
      l: "1234567890123456789",
    };
    const text = JSON.stringify(data).replaceAll(/"(12345678901234567\d\d)"/g, "$1");
    const print: Print = { id: 0, longId: "", at: 0, price: 0, size: 0, buyerRested: false };
    const source = tradeSource("BTCUSDT", aggTrades, aggTradeReader, aggTradeUpdate, ({ a }) => a);
    source.reader(marketOf("aster-futures:BTCUSDT"))(bytesOf(text), print);
    expect(print).toMatchObject({ id: 5933014, price: 1 });
  });
});
