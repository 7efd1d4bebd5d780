// book/aster: bytes off the socket to a book and its touch, many levels a frame.
import { followAsterBook } from "@aster/client";
import { symbolOf } from "@bp/core";
import { pro } from "ccxt";
import { asterFlatBook } from "../../book/asterFlat.ts";
import { type AsterRecording, asterRecording, type Which } from "../../book/asterRecording.ts";
import { contest, type Named } from "../../book/contest.ts";
import { followed } from "../../book/followed.ts";
import type { Kept } from "../../book/kept.ts";
import { textOf } from "../../book/text.ts";
import type { Group } from "../../group.ts";

/** A market of many levels a frame, or of few: one group each, so that each has a process of its own. */
export const asterBook = (which: Which): Group => ({
  about: "Depth frames a second: bytes in, book, touch out, `pu` checked; each pass begins with the snapshot.",
  run: async (options) => {
    const recording = asterRecording(which, options.quick ? 1_000_000 : 20_000_000);
    const { frames, about } = recording;
    const bytes = frames.reduce((total, { length }) => total + length, 0);
    const size = Math.round(bytes / frames.length);
    const facts = `${frames.length} frames of ${size} bytes in the mean: ${about}`;
    return contest(recording, facts, contendersOf(recording), options);
  },
});

function contendersOf(recording: AsterRecording): readonly Named[] {
  const { instrument, snapshot } = recording;
  const limit = "byte decoder + flat book";
  const peer = "ccxt.pro's diff book";
  const goals = [
    { against: limit, atLeast: 0.5 },
    { against: peer, atLeast: 25 },
  ];
  return [
    { name: limit, role: "limit", kept: asterFlatBook(recording) },
    {
      name: "@aster/client followAsterBook",
      role: "ours",
      kept: followed(followAsterBook({ service: "futures", instrument }), snapshot),
      goals,
    },
    { name: peer, role: "peer", kept: byCcxt(recording) },
  ];
}

/**
 * What its `handleMessage` does with a frame of changes, as its socket hands it over: bytes to text to object. Its class for Aster
 * reads the top of the book alone; the frames have the form of Binance futures, and there it keeps a book.
 */
function byCcxt({ instrument, snapshot }: AsterRecording): Kept {
  const exchange = new pro.binanceusdm({ enableRateLimit: false });
  const { base, quote } = instrument;
  const symbol = `${base}/${quote}:${quote}`;
  exchange.setMarkets([
    {
      id: symbolOf(instrument.id),
      symbol,
      base,
      quote,
      settle: quote,
      baseId: base,
      quoteId: quote,
      settleId: quote,
      type: "swap",
      swap: true,
      contract: true,
      linear: true,
      contractSize: 1,
    },
  ]);
  type Client = Parameters<typeof exchange.handleMessage>[0];
  const silent = {
    url: "wss://fstream.binance.com/ws",
    subscriptions: {},
    resolve: () => undefined,
    reject: () => undefined,
  };
  const client = silent as unknown as Client; // nothing else of it is called
  const ticks = 1 / Number(instrument.tickSize);
  const lots = 1 / Number(instrument.lotSize);
  let book = exchange.orderBook();
  const best = (side: unknown, part: 0 | 1): number => (side as number[][])[0]?.[part] ?? 0; // rows of price and size
  return {
    load: () => {
      book = exchange.orderBook();
      book.reset({ ...exchange.parseOrderBook(snapshot, symbol), nonce: snapshot.lastUpdateId });
      exchange.orderbooks[symbol] = book;
    },
    take: (bytes) => {
      const before = book.nonce;
      exchange.handleMessage(client, JSON.parse(textOf(bytes)));
      return exchange.orderbooks[symbol] !== undefined && book.nonce !== before;
    },
    touch: (out) => {
      out[0] = Math.round(best(book.bids, 0) * ticks);
      out[1] = Math.round(best(book.bids, 1) * lots);
      out[2] = Math.round(best(book.asks, 0) * ticks);
      out[3] = Math.round(best(book.asks, 1) * lots);
    },
  };
}
