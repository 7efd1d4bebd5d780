// A book of Backpack kept from its stream.
import {
  type BookForm,
  type BookSnapshot,
  type DepthFrame,
  type Follower,
  type FollowOptions,
  fillSide,
  follow,
  jsonOf,
  schemaError,
} from "@bp/adapter";
import { BpError, type Instrument, symbolOf } from "@bp/core";
import type { Depth } from "../rest/markets/depth.ts";
import { depthUpdate } from "../streams/depth.ts";
import { depthReader } from "../wire/depthBytes.ts";

export type { LossReason } from "@bp/adapter";

/** A change that was applied, `time` in µs. The frame is used again for the next one: take out what is to be kept. */
export type BookChange = DepthFrame;

/** Whose book it is, and who hears of it. Times that are told are µs. */
export type FollowBookOptions = FollowOptions;

/**
 * A book and the stream that it follows. It reads as empty from the moment a frame is missing until the next snapshot
 * (`rest.markets.depth`, limit 1000).
 */
export type BookFollower = Follower<Depth>;

/**
 * Keeps a book. Prices and sizes are read from the bytes by offset; at the first surprise the frame is read by `JSON.parse` and its
 * schema, and counted. Every frame must follow on from the one before (`U` = last `u` + 1): otherwise, and when the book is crossed,
 * it is invalid at once.
 *
 * @example
 * const follower = followBook({ instrument, onLost: () => resync() });
 * backpack.streams.depth("SOL_USDC_PERP").onBytes(follower.frame);
 * follower.snapshot(await backpack.rest.markets.depth({ symbol: "SOL_USDC_PERP", limit: 1000 }), clock.now());
 */
export function followBook(options: FollowBookOptions): BookFollower {
  return follow(formOf(options.instrument), options);
}

function formOf(instrument: Instrument): BookForm<Depth> {
  const symbol = symbolOf(instrument.id);
  return {
    rule: "backpack",
    read: depthReader(symbol, instrument),
    readSlowly: (bytes, frame) => readSlowly(bytes, symbol, instrument, frame),
    snapshotOf,
  };
}

function snapshotOf({ lastUpdateId, timestamp, bids, asks }: Depth): BookSnapshot {
  return { lastUpdateId, time: timestamp, bids, asks };
}

function readSlowly(bytes: Uint8Array, symbol: string, instrument: Instrument, frame: DepthFrame): void {
  const text = new TextDecoder().decode(bytes);
  const value = jsonOf(text);
  const what = `depth frame of ${symbol}`;
  if (value === undefined) throw new BpError("wire/not-json", { what, raw: text.slice(0, 500) });
  const { data } = (typeof value === "object" && value !== null ? value : {}) as { readonly data?: unknown }; // any object may be asked
  const result = depthUpdate.safeParse(data);
  if (!result.success) throw schemaError(what, result.error, data);
  if (result.data.s !== symbol)
    throw new BpError("wire/schema", { what, path: "s", expected: symbol, raw: result.data.s });
  frame.first = result.data.U;
  frame.last = result.data.u;
  frame.time = result.data.T;
  fillSide(frame.bids, result.data.b, instrument);
  fillSide(frame.asks, result.data.a, instrument);
}
