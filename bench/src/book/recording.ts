// Depth frames to feed to books, with what the touch must be after each: a recorded market, or one made from a seed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Depth, depthAnswer } from "@bp/client";
import {
  type Instrument,
  instrument,
  type Level,
  millis,
  priceText,
  sizeText,
  symbolOf,
  toLots,
  toTicks,
} from "@bp/core";
import { createExchange, generatedMarket, type SimFact } from "@bp/sim";
import { recordings } from "../paths.ts";

export interface Recording {
  readonly about: string;
  readonly instrument: Instrument;
  readonly snapshot: Depth;
  /** As they come off the socket, Backpack's form. */
  readonly frames: readonly Uint8Array[];
  /** Bid price, bid size, ask price, ask size after each frame, in ticks and lots. */
  readonly touches: Float64Array;
}

/** The recorded market where it is, else the generated one. */
export function recordingOf(count: number): Recording {
  return existsSync(join(recordings, `${name}.l2.ndjson.gz`)) ? recorded(count) : generated(count);
}

const name = "backpackfmt-btc_usdc-transcoded";

function recorded(count: number): Recording {
  const lines = (kind: string) =>
    gunzipSync(readFileSync(join(recordings, `${name}.${kind}.gz`)))
      .toString("latin1")
      .split("\n");
  const btc = instrument({
    id: "backpack:BTC_USDC",
    kind: "spot",
    base: "BTC",
    quote: "USDC",
    tickSize: "0.01",
    lotSize: "0.00001",
  });
  const [first = "", ...rest] = lines("l2.ndjson");
  const frames = rest.filter((line) => line.includes('"e":"depth"')).slice(0, count);
  const touches = lines("bbo.csv").slice(1, frames.length + 1);
  return {
    about: "a recorded market in Backpack's form, one level a frame",
    instrument: btc,
    snapshot: depthAnswer.parse((JSON.parse(first) as { readonly d: unknown }).d), // checked by the schema
    frames: frames.map((line) => Buffer.from(line.slice(line.indexOf('"d":') + 4, -1), "latin1")),
    touches: Float64Array.from(
      touches.flatMap((line) => {
        const [, bid = "", bidSize = "", ask = "", askSize = ""] = line.split(",");
        return [toTicks(btc, bid), toLots(btc, bidSize), toTicks(btc, ask), toLots(btc, askSize)];
      }),
    ),
  };
}

/** The touches come from plain maps that are searched through each time: slow, and hard to get wrong. */
export function generated(count: number, seed = 1): Recording {
  const start = millis(Date.UTC(2026, 0, 1));
  const exchange = createExchange({ start, market: generatedMarket({ seed, start }), accounts: [] });
  const found = exchange.instruments.find((each) => each.id === "backpack:BTC_USDC");
  if (found === undefined) throw new Error("the generated market has no BTC_USDC");
  const { bids, asks, lastUpdateId } = exchange.book(found.id);
  const text = ([price, size]: Level) => [priceText(found, price), sizeText(found, size)];
  const books = { bid: new Map<number, number>(bids), ask: new Map<number, number>(asks) };
  const frames: Uint8Array[] = [];
  const touches = new Float64Array(count * 4);
  exchange.listen((fact) => {
    if (fact.type !== "depth" || fact.instrument !== found.id || frames.length === count) return;
    change(books.bid, fact.bids);
    change(books.ask, fact.asks);
    const bid = Math.max(...books.bid.keys());
    const ask = Math.min(...books.ask.keys());
    touches.set([bid, books.bid.get(bid) ?? 0, ask, books.ask.get(ask) ?? 0], frames.length * 4);
    frames.push(frameOf(fact, symbolOf(found.id), text));
  });
  while (frames.length < count) exchange.advance(millis(exchange.now() + 1_000));
  return {
    about: "a market generated from a seed, in Backpack's form",
    instrument: found,
    snapshot: depthAnswer.parse({
      asks: asks.map(text),
      bids: bids.map(text).toReversed(),
      lastUpdateId: String(lastUpdateId),
      timestamp: start * 1_000,
    }),
    frames,
    touches,
  };
}

function change(side: Map<number, number>, levels: readonly Level[]): void {
  for (const [price, size] of levels) {
    if (size === 0) side.delete(price);
    else side.set(price, size);
  }
}

type DepthFact = Extract<SimFact, { readonly type: "depth" }>;

function frameOf(
  { at, first, last, bids, asks }: DepthFact,
  symbol: string,
  text: (level: Level) => string[],
): Uint8Array {
  const time = at * 1_000;
  const data = { E: time, T: time, U: first, a: asks.map(text), b: bids.map(text), e: "depth", s: symbol, u: last };
  return Buffer.from(JSON.stringify({ data, stream: `depth.${symbol}` }));
}
