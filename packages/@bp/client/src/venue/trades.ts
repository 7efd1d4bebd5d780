// Public trades of a market as facts, read from the bytes.

import { jsonOf, schemaError } from "@bp/adapter";
import {
  BpError,
  type Instrument,
  isBpError,
  lots,
  type Millis,
  type News,
  symbolOf,
  ticks,
  toLots,
  toTicks,
} from "@bp/core";
import type { Backpack } from "../client.ts";
import { tradeUpdate } from "../streams/trade.ts";
import { fromMicros } from "../wire/time.ts";
import { type TradeFrame, tradeReader } from "../wire/tradeBytes.ts";

export interface TradeFeedOptions {
  readonly client: Backpack;
  readonly instrument: Instrument;
  readonly tell: (news: News, venueAt: Millis, at: Millis) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

/** Tells each print once. */
export function createTradeFeed(options: TradeFeedOptions): { readonly replace: (instrument: Instrument) => void } {
  const { client, tell, trouble, signal } = options;
  let { instrument } = options;
  const symbol = symbolOf(instrument.id);
  let read = tradeReader(symbol, instrument);
  let last = 0;
  const frame: TradeFrame = { time: 0, id: 0, price: 0, size: 0, buyerRested: false };

  client.streams.trade(symbol).onBytes(
    (bytes, at) => {
      try {
        if (!read(bytes, frame)) readSlowly(bytes, symbol, instrument, frame);
      } catch (error) {
        if (!isBpError(error)) throw error;
        return trouble(error);
      }
      if (frame.id <= last) return; // told already
      last = frame.id;
      tell(
        {
          type: "trade.printed",
          instrument: instrument.id,
          price: ticks(frame.price),
          size: lots(frame.size),
          taker: frame.buyerRested ? "sell" : "buy",
        },
        fromMicros(frame.time),
        at,
      );
    },
    { signal },
  );
  return {
    replace: (changed) => {
      instrument = changed;
      read = tradeReader(symbol, instrument);
    },
  };
}

function readSlowly(bytes: Uint8Array, symbol: string, instrument: Instrument, frame: TradeFrame): void {
  const text = new TextDecoder().decode(bytes);
  const what = `trade frame of ${symbol}`;
  const value = jsonOf(text) as { readonly data?: unknown } | null | undefined; // whatever it is, it may be asked
  if (value === undefined) throw new BpError("wire/not-json", { what, raw: text.slice(0, 500) });
  const result = tradeUpdate.safeParse(value?.data);
  if (!result.success) throw schemaError(what, result.error, value?.data);
  frame.time = result.data.T;
  frame.id = result.data.t;
  frame.price = toTicks(instrument, result.data.p);
  frame.size = toLots(instrument, result.data.q);
  frame.buyerRested = result.data.m;
}
