// Where a market's book and prints come from: streams read from the bytes, and the REST book beside them.
import { type BookSource, type Feed, jsonOf, namePrint, type Print, schemaError, type TradeSource } from "@bp/adapter";
import { BpError, type Instrument, millis, toLots, toTicks } from "@bp/core";
import type * as z from "zod";
import { followAsterBook } from "../book/followAsterBook.ts";
import type { Service } from "../rest/endpoint.ts";
import type { Depth } from "../wire/depth.ts";
import type { TradeFrame, TradeReader } from "../wire/tradeBytes.ts";

/** The book of a market. @param depth - reads so many levels over REST */
export function bookSource(
  service: Service,
  feed: Feed<unknown>,
  depth: (limit: 5 | 1000, signal: AbortSignal) => Promise<Depth>,
): BookSource<Depth> {
  return {
    follow: (instrument, hearer) => followAsterBook({ service, instrument, ...hearer }),
    frames: (listener, signal) => {
      feed.onBytes(listener, { signal });
    },
    depth: (signal) => depth(1000, signal),
    lastUpdateId: async (signal) => (await depth(5, signal)).lastUpdateId,
    millisOf: millis,
  };
}

/** One print as its schema reads it. */
interface Told {
  readonly T: number;
  readonly p: string;
  readonly q: string;
  readonly m: boolean;
}

/**
 * The prints of a market.
 *
 * @param readerOf - the fast way
 * @param schema - the way around: any spacing, any order
 */
export function tradeSource<T extends Told>(
  symbol: string,
  feed: Feed<unknown>,
  readerOf: (symbol: string, instrument: Instrument) => TradeReader,
  schema: z.ZodType<T>,
  idOf: (told: T) => string,
): TradeSource {
  return {
    frames: (listener, signal) => {
      feed.onBytes(listener, { signal });
    },
    reader: (instrument) => {
      const read = readerOf(symbol, instrument);
      const frame: TradeFrame = { time: 0, id: 0, price: 0, size: 0, buyerRested: false };
      return (bytes, into) => {
        if (!read(bytes, frame)) return readSlowly(bytes, symbol, instrument, into, schema, idOf);
        into.id = frame.id;
        into.at = frame.time;
        into.price = frame.price;
        into.size = frame.size;
        into.buyerRested = frame.buyerRested;
      };
    },
  };
}

function readSlowly<T extends Told>(
  bytes: Uint8Array,
  symbol: string,
  instrument: Instrument,
  into: Print,
  schema: z.ZodType<T>,
  idOf: (told: T) => string,
): void {
  const text = new TextDecoder().decode(bytes);
  const what = `trade frame of ${symbol}`;
  const value = jsonOf(text);
  if (value === undefined) throw new BpError("wire/not-json", { what, raw: text.slice(0, 500) });
  const data = typeof value === "object" && value !== null && "data" in value ? value.data : value; // combined or bare
  const result = schema.safeParse(data);
  if (!result.success) throw schemaError(what, result.error, data);
  namePrint(into, idOf(result.data));
  into.at = result.data.T;
  into.price = toTicks(instrument, result.data.p);
  into.size = toLots(instrument, result.data.q);
  into.buyerRested = result.data.m;
}
