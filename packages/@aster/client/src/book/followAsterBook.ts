// A book of Aster, futures or spot, kept from its stream of changes.
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
import { depthUpdate, isDepthChanges } from "../streams/depth.ts";
import type { Service } from "../streams/names.ts";
import type { Depth } from "../wire/depth.ts";
import { depthReader } from "../wire/depthBytes.ts";

/** Whose book it is, and who hears of it. Times that are told are ms. */
export interface FollowAsterBookOptions extends FollowOptions {
  readonly service: Service;
}

/**
 * A book and the stream that it follows. It reads as empty from the moment a frame is missing until the next snapshot
 * (`rest.market.depth`, limit 1000).
 */
export type AsterBookFollower = Follower<Depth>;

/**
 * Keeps a book. Prices and sizes are read from the bytes by offset; at the first surprise the frame is read by `JSON.parse` and its
 * schema, and counted. Every frame must follow on from the one before (`pu`, without one `U`): otherwise, and when the book is
 * crossed, it is invalid at once. Frames of the top of the book (`depth20`), which look alike, are refused where they say what they are.
 *
 * @example
 * const follower = followAsterBook({ service: "futures", instrument, onLost: () => resync() });
 * aster.futures.streams.depth("BTCUSDT", "100ms").onBytes(follower.frame);
 * follower.snapshot(await aster.futures.rest.market.depth({ symbol: "BTCUSDT", limit: 1000 }), clock.now());
 */
export function followAsterBook({ service, ...options }: FollowAsterBookOptions): AsterBookFollower {
  return follow(formOf(service, options.instrument), options);
}

function formOf(service: Service, instrument: Instrument): BookForm<Depth> {
  const symbol = symbolOf(instrument.id);
  return {
    rule: service,
    read: depthReader(symbol, instrument),
    readSlowly: (bytes, frame) => readSlowly(bytes, symbol, instrument, frame),
    snapshotOf,
  };
}

function snapshotOf({ lastUpdateId, T, E, bids, asks }: Depth): BookSnapshot {
  return { lastUpdateId, time: T ?? E ?? 0, bids, asks };
}

function readSlowly(bytes: Uint8Array, symbol: string, instrument: Instrument, frame: DepthFrame): void {
  const text = new TextDecoder().decode(bytes);
  const value = jsonOf(text);
  const what = `depth frame of ${symbol}`;
  if (value === undefined) throw new BpError("wire/not-json", { what, raw: text.slice(0, 500) });
  const { stream, data } = envelopeOf(value);
  if (stream !== undefined && !isDepthChanges(stream)) throw wrong(what, "stream", "changes of the book", stream);
  const result = depthUpdate.safeParse(data);
  if (!result.success) throw schemaError(what, result.error, data);
  const { e, s, U, u, pu, T, E, b, a } = result.data;
  if (s !== symbol) throw wrong(what, "s", symbol, s);
  if (e !== undefined && e !== null && e !== "depthUpdate") throw wrong(what, "e", "depthUpdate", e);
  frame.first = U;
  frame.last = u;
  frame.previous = pu ?? -1;
  frame.time = T ?? E ?? 0;
  fillSide(frame.bids, b, instrument);
  fillSide(frame.asks, a, instrument);
}

/** The data, with the name of its stream or without. */
function envelopeOf(value: unknown): { readonly stream: string | undefined; readonly data: unknown } {
  if (typeof value !== "object" || value === null || !("stream" in value) || !("data" in value))
    return { stream: undefined, data: value };
  return { stream: String(value.stream), data: value.data };
}

const wrong = (what: string, path: string, expected: string, raw: string) =>
  new BpError("wire/schema", { what, path, expected, raw });
