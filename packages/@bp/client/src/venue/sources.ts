// Where a market's book and prints come from: streams read from the bytes, and the REST book beside them.

import { type BookSource, jsonOf, namePrint, type Print, schemaError, type TradeSource } from "@bp/adapter";
import { BpError, type Instrument, toLots, toTicks } from "@bp/core";
import { followBook } from "../book/followBook.ts";
import type { Backpack } from "../client.ts";
import type { Depth } from "../rest/markets/depth.ts";
import { tradeUpdate } from "../streams/trade.ts";
import { fromMicros } from "../wire/time.ts";
import { type TradeFrame, tradeReader } from "../wire/tradeBytes.ts";

/** The book of a market. */
export function bookSource(client: Backpack, symbol: string): BookSource<Depth> {
  const { markets } = client.rest;
  return {
    follow: (instrument, hearer) => followBook({ instrument, ...hearer }),
    frames: (listener, signal) => {
      client.streams.depth(symbol).onBytes(listener, { signal });
    },
    depth: (signal) => markets.depth({ symbol, limit: 1000 }, { signal }),
    lastUpdateId: async (signal) => (await markets.depth({ symbol, limit: 5 }, { signal })).lastUpdateId,
    millisOf: fromMicros,
  };
}

/** The prints of a market. */
export function tradeSource(client: Backpack, symbol: string): TradeSource {
  return {
    frames: (listener, signal) => {
      client.streams.trade(symbol).onBytes(listener, { signal });
    },
    reader: (instrument) => {
      const read = tradeReader(symbol, instrument);
      const frame: TradeFrame = { time: 0, id: 0, price: 0, size: 0, buyerRested: false };
      return (bytes, into) => {
        if (!read(bytes, frame)) return readSlowly(bytes, symbol, instrument, into);
        into.id = frame.id;
        into.at = fromMicros(frame.time);
        into.price = frame.price;
        into.size = frame.size;
        into.buyerRested = frame.buyerRested;
      };
    },
  };
}

function readSlowly(bytes: Uint8Array, symbol: string, instrument: Instrument, into: Print): void {
  const text = new TextDecoder().decode(bytes);
  const what = `trade frame of ${symbol}`;
  const value = jsonOf(text) as { readonly data?: unknown } | null | undefined; // whatever it is, it may be asked
  if (value === undefined) throw new BpError("wire/not-json", { what, raw: text.slice(0, 500) });
  const result = tradeUpdate.safeParse(value?.data);
  if (!result.success) throw schemaError(what, result.error, value?.data);
  namePrint(into, result.data.t);
  into.at = fromMicros(result.data.T);
  into.price = toTicks(instrument, result.data.p);
  into.size = toLots(instrument, result.data.q);
  into.buyerRested = result.data.m;
}
