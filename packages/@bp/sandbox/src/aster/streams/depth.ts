// Depth streams: the changes of a period with ids that follow on, and the whole of the top.
import {
  type Instrument,
  type InstrumentId,
  type Level,
  type Lots,
  priceText,
  sizeText,
  symbolOf,
  type Ticks,
} from "@bp/core";
import type { SimFact } from "@bp/sim";
import type { AsterHouse } from "../house.ts";
import { updateId } from "../wire/numbers.ts";

type DepthFact = Extract<SimFact, { readonly type: "depth" }>;

/** The changes of one stream since it spoke last. */
interface Heap {
  readonly first: number;
  last: number;
  at: DepthFact["at"];
  readonly bids: Map<Ticks, Lots>;
  readonly asks: Map<Ticks, Lots>;
}

const pair =
  (market: Instrument) =>
  ([price, size]: Level) => [priceText(market, price), sizeText(market, size)];

export interface Gathering {
  /** @param streams - names of the diff streams of this market that somebody hears */
  add(fact: DepthFact, streams: Iterable<string>): void;
  /** What a stream has to tell now; `undefined` when nothing changed. */
  take(stream: string, market: Instrument): Record<string, unknown> | undefined;
  /** Forgets streams that nobody hears any more. */
  keep(wanted: ReadonlySet<string>): void;
}

/** Nothing gathered yet. */
export function createGathering(house: AsterHouse): Gathering {
  const heaps = new Map<string, Heap>();
  return {
    add: (fact, streams) => {
      for (const stream of streams) {
        let heap = heaps.get(stream);
        if (heap === undefined) {
          heap = { first: fact.first, last: fact.last, at: fact.at, bids: new Map(), asks: new Map() };
          heaps.set(stream, heap);
        }
        heap.last = fact.last;
        heap.at = fact.at;
        for (const [price, size] of fact.bids) heap.bids.set(price, size);
        for (const [price, size] of fact.asks) heap.asks.set(price, size);
      }
    },
    take: (stream, market) => {
      const heap = heaps.get(stream);
      if (heap === undefined) return undefined;
      heaps.delete(stream);
      return {
        e: "depthUpdate",
        ...datesOf(house, heap.at),
        s: symbolOf(market.id),
        U: updateId(house, heap.first),
        u: updateId(house, heap.last),
        pu: updateId(house, heap.first - 1),
        b: [...heap.bids].map(pair(market)),
        a: [...heap.asks].map(pair(market)),
      };
    },
    keep: (wanted) => {
      for (const stream of heaps.keys()) if (!wanted.has(stream)) heaps.delete(stream);
    },
  };
}

/** When a fact of this exchange moment is told, and when it happened, in ms. */
export const datesOf = ({ times }: AsterHouse, at: DepthFact["at"]) => ({
  E: Math.floor(times.emitted(at) / 1000),
  T: times.toldMs(at),
});

export interface Tops {
  /** The top of a book if it is another than this stream told last. */
  take(stream: string, market: Instrument, levels: number): Record<string, unknown> | undefined;
  keep(wanted: ReadonlySet<string>): void;
}

/** Nothing told yet. */
export function createTops(house: AsterHouse): Tops {
  const told = new Map<string, number>();
  // On spot the documentation names them `bids` and `asks`, programs that trade there read `b` and `a`: both are sent.
  const wide = house.service === "spot";
  return {
    take: (stream, market, levels) => {
      const { bids, asks, lastUpdateId, at } = house.exchange.book(market.id, levels);
      const before = told.get(stream) ?? lastUpdateId - 1;
      if (before === lastUpdateId) return undefined;
      told.set(stream, lastUpdateId);
      const [b, a] = [bids.map(pair(market)), asks.map(pair(market))];
      return {
        e: "depthUpdate",
        ...datesOf(house, at),
        s: symbolOf(market.id),
        U: updateId(house, before + 1),
        u: updateId(house, lastUpdateId),
        pu: updateId(house, before),
        b,
        a,
        ...(wide ? { bids: b, asks: a } : {}),
      };
    },
    keep: (wanted) => {
      for (const stream of told.keys()) if (!wanted.has(stream)) told.delete(stream);
    },
  };
}

/** The best bid and ask whenever one of them is another. */
export function createTouch(
  house: AsterHouse,
): (id: InstrumentId, at: DepthFact["at"]) => Record<string, unknown> | undefined {
  const before = new Map<InstrumentId, string>();
  return (id, at) => {
    const { bids, asks, lastUpdateId } = house.exchange.book(id, 1);
    const [bid, ask] = [bids[0], asks[0]];
    if (bid === undefined || ask === undefined) return undefined;
    const now = [...bid, ...ask].join(" ");
    if (before.get(id) === now) return undefined;
    before.set(id, now);
    const market = house.marketOf(id);
    const of = (level: Level) => [priceText(market, level[0]), sizeText(market, level[1])] as const;
    const [[b, B], [a, A]] = [of(bid), of(ask)];
    const touch = { s: symbolOf(id), b, B, a, A };
    const u = updateId(house, lastUpdateId);
    return house.service === "futures" ? { e: "bookTicker", u, ...datesOf(house, at), ...touch } : { u, ...touch };
  };
}
