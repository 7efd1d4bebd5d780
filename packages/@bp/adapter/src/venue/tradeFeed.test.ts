import { type BpError, instrument, type Millis, millis, type News } from "@bp/core";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../wire/scan.ts";
import { createTradeFeed, namePrint, type Print, type TradeSource } from "./tradeFeed.ts";

const market = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

/** A feed whose frames are nothing but the id of a print; its price is the number of the frame. */
function open() {
  let hear: (bytes: Uint8Array, at: Millis) => void = () => undefined;
  let frames = 0;
  const source: TradeSource = {
    reader: () => (bytes, into) => {
      namePrint(into, new TextDecoder().decode(bytes));
      into.at = 5;
      into.price = ++frames;
      into.size = 2;
      into.buyerRested = true;
    },
    frames: (listener) => {
      hear = listener;
    },
  };
  const told: News[] = [];
  const troubles: BpError[] = [];
  createTradeFeed({
    source,
    instrument: market,
    tell: (news) => told.push(news),
    trouble: (error) => troubles.push(error),
    signal: new AbortController().signal,
  });
  return (...ids: readonly string[]) => {
    for (const id of ids) hear(bytesOf(id), millis(7));
    expect(troubles).toEqual([]);
    return told.map((news) => news.type === "trade.printed" && news.price);
  };
}

describe("namePrint", () => {
  const print = (): Print => ({ id: 3, longId: "old", at: 0, price: 0, size: 0, buyerRested: false });
  it.each([
    ["0", 0, ""],
    ["9007199254740991", 9007199254740991, ""],
    ["9007199254740992", -1, "9007199254740992"],
    ["1234567890123456789", -1, "1234567890123456789"],
    ["-1", -1, "-1"],
    ["a-7", -1, "a-7"],
  ])("names %s", (id, count, longId) => {
    const into = print();
    namePrint(into, id);
    expect([into.id, into.longId]).toEqual([count, longId]);
  });
});

describe("createTradeFeed", () => {
  it("tells each print once, and none that is older than the last", () => {
    expect(open()("5", "5", "4", "6")).toEqual([1, 4]);
  });

  it("tells prints whose ids are above 2^53, the same one not twice in a row", () => {
    expect(open()("1234567890123456789", "1234567890123456789", "1234567890123456788")).toEqual([1, 3]);
  });

  it("goes on with short ids where it was", () => {
    expect(open()("5", "1234567890123456789", "5", "6")).toEqual([1, 2, 4]);
  });
});
