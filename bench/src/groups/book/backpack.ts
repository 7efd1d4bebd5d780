// book/backpack: bytes off the socket to a book and its touch.
import { followBook } from "@bp/client";
import { symbolOf } from "@bp/core";
import { pro } from "ccxt";
import { contest, type Named } from "../../book/contest.ts";
import { flatBook } from "../../book/flat.ts";
import { followed } from "../../book/followed.ts";
import type { Kept } from "../../book/kept.ts";
import { type Recording, recordingOf } from "../../book/recording.ts";
import { textOf } from "../../book/text.ts";
import type { Group } from "../../group.ts";

export const backpackBook: Group = {
  about: "Depth frames a second: bytes in, book, touch out, ids checked; each pass begins with the snapshot.",
  run: async (options) => {
    const recording = recordingOf(options.quick ? 10_000 : 60_000);
    const { frames } = recording;
    const contenders: readonly Named[] = [
      { name: "byte decoder + flat book", role: "limit", kept: flatBook(recording.instrument, recording.snapshot) },
      {
        name: "@bp/client followBook",
        role: "ours",
        kept: followed(followBook({ instrument: recording.instrument }), recording.snapshot),
        goals: [
          { against: "byte decoder + flat book", atLeast: 0.4 },
          { against: "ccxt.pro backpack", atLeast: 12 },
          { against: "JSON.parse alone", atLeast: 3.5 },
        ],
      },
      { name: "ccxt.pro backpack", role: "peer", kept: byCcxt(recording) },
    ];
    return contest(recording, `${frames.length} frames of ${recording.about}`, contenders, options);
  },
};

/** What its `handleMessage` does with a frame, as its socket hands it over: bytes to text to object. */
function byCcxt({ instrument, snapshot }: Recording): Kept {
  const exchange = new pro.backpack({ enableRateLimit: false });
  const { base, quote } = instrument;
  const symbol = `${base}/${quote}`;
  const market = {
    id: symbolOf(instrument.id),
    symbol,
    base,
    quote,
    baseId: base,
    quoteId: quote,
    type: "spot",
    spot: true,
  };
  exchange.setMarkets([market]);
  type Client = Parameters<typeof exchange.handleMessage>[0];
  const client = { resolve: () => undefined } as unknown as Client; // nothing else of it is called
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
      exchange.handleMessage(client, JSON.parse(textOf(bytes)));
      return book.nonce !== undefined;
    },
    touch: (out) => {
      out[0] = Math.round(best(book.bids, 0) * ticks);
      out[1] = Math.round(best(book.bids, 1) * lots);
      out[2] = Math.round(best(book.asks, 0) * ticks);
      out[3] = Math.round(best(book.asks, 1) * lots);
    },
  };
}
