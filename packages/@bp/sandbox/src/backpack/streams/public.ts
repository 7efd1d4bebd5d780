// Market streams: books, prints, candles, tickers, marks, as the exchange tells them and on the beats the venue keeps.
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
import { type Interval, spanOf, turnoverText, volumeText } from "../../bars.ts";
import type { Hub } from "../../hub.ts";
import { fine } from "../../text.ts";
import type { BackpackHouse } from "../house.ts";
import { openInterest, rate } from "../rest/markets.ts";
import { naiveSeconds } from "../wire/dates.ts";
import { periods, readStream } from "./names.ts";

type DepthFact = Extract<SimFact, { readonly type: "depth" }>;

const day = 86_400_000;
const tickMs = 1000;
const interestTicks = 60;

/** Starts telling; returns the way to stop. */
export function startPublicStreams(house: BackpackHouse, hub: Hub): () => void {
  const { exchange, times } = house;
  const touch = createTouch(house, hub);
  const gathered = createGathering(house, hub);
  const marks = new Map<InstrumentId, number>();
  const candles = new Map<string, { start: number; told: string }>();

  const tellMark = (market: Instrument, force: boolean) => {
    const stream = `markPrice.${symbolOf(market.id)}`;
    if (!hub.wanted(stream)) return;
    const mark = exchange.mark(market.id);
    const now = performance.now();
    if (mark === undefined || (!force && now - (marks.get(market.id) ?? Number.NEGATIVE_INFINITY) < tickMs - 50))
      return;
    marks.set(market.id, now);
    hub.publish(stream, {
      E: times.emitted(mark.at),
      T: times.toldMicros(mark.at),
      e: "markPrice",
      f: rate(mark.fundingRate),
      i: fine(market, mark.index),
      n: times.toldMs(mark.fundingAt),
      p: fine(market, mark.mark),
      s: symbolOf(market.id),
    });
  };

  const stopHearing = exchange.listen((fact) => {
    if (fact.type === "depth") {
      touch(fact);
      gathered.add(fact);
      const stream = `depth.${symbolOf(fact.instrument)}`;
      if (hub.wanted(stream)) hub.publish(stream, depthData(house, fact));
    } else if (fact.type === "trade") {
      const symbol = symbolOf(fact.instrument);
      const stream = `trade.${symbol}`;
      if (!hub.wanted(stream)) return;
      const market = house.marketOf(fact.instrument);
      hub.publish(stream, {
        E: times.emitted(fact.at),
        T: times.toldMicros(fact.at),
        a: fact.sellOrderId,
        b: fact.buyOrderId,
        e: "trade",
        m: fact.taker === "sell",
        p: priceText(market, fact.price),
        q: sizeText(market, fact.size),
        s: symbol,
        t: fact.id,
      });
    } else if (fact.type === "mark") {
      tellMark(house.marketOf(fact.instrument), false);
    } else if (fact.type === "liquidation") {
      const market = house.marketOf(fact.instrument);
      hub.publish("liquidation", {
        E: times.emitted(fact.at),
        S: fact.side === "buy" ? "Bid" : "Ask",
        T: times.toldMicros(fact.at),
        e: "liquidation",
        p: priceText(market, fact.price),
        q: sizeText(market, fact.size),
        s: symbolOf(fact.instrument),
      });
    }
  });

  const tellTicker = (market: Instrument) => {
    const stream = `ticker.${symbolOf(market.id)}`;
    if (!hub.wanted(stream)) return;
    const bar = house.bars(market.id).since(times.now() - day);
    if (bar === undefined) return;
    hub.publish(stream, {
      E: Math.round(times.now() * 1000),
      V: turnoverText(market, bar),
      c: fine(market, bar.close),
      e: "ticker",
      h: fine(market, bar.high),
      l: fine(market, bar.low),
      n: bar.trades,
      o: fine(market, bar.open),
      s: symbolOf(market.id),
      v: volumeText(market, bar),
    });
  };

  const tellCandle = (stream: string, market: Instrument, interval: Interval) => {
    const span = spanOf(interval, times.now());
    const state = candles.get(stream);
    if (state === undefined) candles.set(stream, { start: span[0], told: "" });
    else if (state.start !== span[0]) {
      hub.publish(stream, candleData(house, market, spanOf(interval, state.start), interval, true));
      Object.assign(state, { start: span[0], told: "" });
    }
    const last = house.bars(market.id).last(interval);
    if (last?.start !== span[0]) return;
    const now = candles.get(stream);
    const mark = `${last.trades} ${last.close}`;
    if (now === undefined || now.told === mark) return;
    now.told = mark;
    hub.publish(stream, candleData(house, market, span, interval, false));
  };

  /** Once a minute; the first time right after somebody began to listen. */
  const tellInterest = (stream: string, market: Instrument) => {
    if (beats < (interests.get(stream) ?? 0)) return;
    interests.set(stream, beats + interestTicks);
    hub.publish(stream, {
      E: Math.round(times.now() * 1000),
      e: "openInterest",
      o: openInterest(house, market),
      s: symbolOf(market.id),
    });
  };

  const interests = new Map<string, number>();
  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
    const wanted = new Set(hub.streams());
    for (const kept of [candles, interests])
      for (const stream of kept.keys()) if (!wanted.has(stream)) kept.delete(stream);
    for (const stream of wanted) {
      const ask = readStream(house, stream);
      if (ask?.kind === "kline") tellCandle(stream, ask.market, ask.interval);
      else if (ask?.kind === "ticker") tellTicker(ask.market);
      else if (ask?.kind === "markPrice") tellMark(ask.market, false);
      else if (ask?.kind === "openInterest") tellInterest(stream, ask.market);
    }
  }, tickMs);
  return () => {
    clearInterval(beat);
    stopHearing();
    gathered.stop();
  };
}

const levelText = (market: Instrument, [price, size]: Level) => [priceText(market, price), sizeText(market, size)];

function depthData(
  house: BackpackHouse,
  fact: Pick<DepthFact, "at" | "instrument" | "first" | "last" | "bids" | "asks">,
) {
  const market = house.marketOf(fact.instrument);
  return {
    E: house.times.emitted(fact.at),
    T: house.times.toldMicros(fact.at),
    U: fact.first,
    a: fact.asks.map((level) => levelText(market, level)),
    b: fact.bids.map((level) => levelText(market, level)),
    e: "depth",
    s: symbolOf(fact.instrument),
    u: fact.last,
  };
}

/** Tells the best bid and ask whenever one of them is another. */
function createTouch(house: BackpackHouse, hub: Hub): (fact: DepthFact) => void {
  const { exchange, times } = house;
  const before = new Map<InstrumentId, string>();
  return (fact) => {
    const symbol = symbolOf(fact.instrument);
    const stream = `bookTicker.${symbol}`;
    if (!hub.wanted(stream)) {
      before.delete(fact.instrument);
      return;
    }
    const { bids, asks, lastUpdateId } = exchange.book(fact.instrument, 1);
    const [bid, bidSize] = bids[0] ?? [];
    const [ask, askSize] = asks[0] ?? [];
    const now = `${bid} ${bidSize} ${ask} ${askSize}`;
    if (before.get(fact.instrument) === now) return;
    before.set(fact.instrument, now);
    const market = house.marketOf(fact.instrument);
    const price = (value: Ticks | undefined) => (value === undefined ? null : priceText(market, value));
    const size = (value: Lots | undefined) => (value === undefined ? null : sizeText(market, value));
    hub.publish(stream, {
      A: size(askSize),
      B: size(bidSize),
      E: times.emitted(fact.at),
      T: times.toldMicros(fact.at),
      a: price(ask),
      b: price(bid),
      e: "bookTicker",
      s: symbol,
      u: lastUpdateId,
    });
  };
}

/** The aggregated depth streams: the newest size of every level that changed within a period. */
function createGathering(house: BackpackHouse, hub: Hub): { add(fact: DepthFact): void; stop(): void } {
  interface Heap {
    readonly instrument: InstrumentId;
    first: number;
    last: number;
    at: DepthFact["at"];
    readonly bids: Map<Ticks, Lots>;
    readonly asks: Map<Ticks, Lots>;
  }
  const heaps = new Map<string, Heap>();
  const timers = periods.map((period) =>
    setInterval(() => {
      for (const [stream, heap] of heaps) {
        if (!stream.startsWith(`depth.${period}ms.`)) continue;
        heaps.delete(stream);
        hub.publish(stream, depthData(house, { ...heap, bids: [...heap.bids], asks: [...heap.asks] }));
      }
    }, period),
  );
  return {
    add: (fact) => {
      for (const period of periods) {
        const stream = `depth.${period}ms.${symbolOf(fact.instrument)}`;
        if (!hub.wanted(stream)) {
          heaps.delete(stream);
          continue;
        }
        let heap = heaps.get(stream);
        if (heap === undefined) {
          heap = {
            instrument: fact.instrument,
            first: fact.first,
            last: fact.last,
            at: fact.at,
            bids: new Map(),
            asks: new Map(),
          };
          heaps.set(stream, heap);
        }
        heap.last = fact.last;
        heap.at = fact.at;
        for (const [price, size] of fact.bids) heap.bids.set(price, size);
        for (const [price, size] of fact.asks) heap.asks.set(price, size);
      }
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function candleData(
  house: BackpackHouse,
  market: Instrument,
  span: readonly [number, number],
  interval: Interval,
  closed: boolean,
) {
  const bar = house.bars(market.id).between(interval, span[0], span[0], 1)[0]?.bar;
  const text = (ticks: number | undefined) => (ticks === undefined ? null : fine(market, ticks));
  return {
    E: Math.round(house.times.now() * 1000),
    T: naiveSeconds(span[1]),
    X: closed,
    c: text(bar?.close),
    e: "kline",
    h: text(bar?.high),
    l: text(bar?.low),
    n: bar?.trades ?? 0,
    o: text(bar?.open),
    s: symbolOf(market.id),
    t: naiveSeconds(span[0]),
    v: volumeText(market, bar),
  };
}
