// book/aster: bytes off the socket to a book and its touch, many levels a frame.
import { followAsterBook } from "@aster/client";
import { millis, symbolOf } from "@bp/core";
import { pro } from "ccxt";
import { asterFlatBook } from "../../book/asterFlat.ts";
import { type AsterRecording, asterRecording, type Which } from "../../book/asterRecording.ts";
import { type Kept, noticedGaps, wrongTouches } from "../../book/kept.ts";
import { ownPass } from "../../book/pass.ts";
import type { Goal, Group, Role } from "../../group.ts";
import { race } from "../../race.ts";

interface Named {
  readonly name: string;
  readonly role: Role;
  readonly goals?: readonly Goal[];
  readonly kept: Kept;
}

const gaps = 5;

/** A market of many levels a frame, or of few: one group each, so that each has a process of its own. */
export const asterBook = (which: Which): Group => ({
  about: "Depth frames a second: bytes in, book, touch out, `pu` checked; each pass begins with the snapshot.",
  run: async (options) => {
    const recording = asterRecording(which, options.quick ? 1_000_000 : 20_000_000);
    const { frames, about } = recording;
    const bytes = frames.reduce((total, { length }) => total + length, 0);
    const wrong: string[] = [];
    const facts = [`${frames.length} frames of ${Math.round(bytes / frames.length)} bytes in the mean: ${about}`];
    const contenders = contendersOf(recording);
    for (const { name, role, kept } of contenders) {
      const bad = wrongTouches(kept, recording);
      const noticed = noticedGaps(kept, recording, gaps);
      facts.push(`${name}: ${bad} wrong touches, ${noticed} of ${gaps} lost frames noticed`);
      if (bad > 0) wrong.push(`${name}: ${bad} wrong touches`);
      if (noticed < gaps && role !== "peer") wrong.push(`${name}: ${gaps - noticed} lost frames not noticed`);
    }
    const runners = contenders.map(async ({ name, kept, ...rest }) => {
      const pass = await ownPass(name);
      return { name, ...rest, work: () => pass(kept, frames) };
    });
    const floor = { name: "JSON.parse alone", role: "floor", work: () => parseAll(frames) } as const;
    return { unit: "/s", figures: race([...(await Promise.all(runners)), floor], options), facts, wrong };
  },
});

function contendersOf(recording: AsterRecording): readonly Named[] {
  const limit = "byte decoder + flat book";
  const peer = "ccxt.pro's diff book";
  const goals = [
    { against: limit, atLeast: 0.5 },
    { against: peer, atLeast: 25 },
  ];
  return [
    { name: limit, role: "limit", kept: asterFlatBook(recording) },
    { name: "@aster/client followAsterBook", role: "ours", kept: ours(recording), goals },
    { name: peer, role: "peer", kept: byCcxt(recording) },
  ];
}

function ours({ instrument, snapshot }: AsterRecording): Kept {
  const at = millis(1_723_161_255_408);
  const follower = followAsterBook({ service: "futures", instrument });
  const { book } = follower;
  return {
    load: () => {
      follower.lose();
      if (!follower.snapshot(snapshot, at)) throw new Error("the snapshot was refused");
    },
    take: (bytes) => follower.frame(bytes, at) === "applied",
    touch: (out) => {
      out[0] = book.bidPrice;
      out[1] = book.bidSize;
      out[2] = book.askPrice;
      out[3] = book.askSize;
    },
  };
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

function parseAll(frames: readonly Uint8Array[]): number {
  for (const frame of frames) JSON.parse(textOf(frame));
  return frames.length;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
