// Market streams: prints, books, candles, tickers, marks, liquidations, each on the beat that the venue keeps.
import { type Instrument, type InstrumentId, priceText, sizeText, symbolOf } from "@bp/core";
import type { SimFact } from "@bp/sim";
import { spanOf } from "../../bars.ts";
import type { Hub } from "../../hub.ts";
import type { AsterHouse } from "../house.ts";
import type { Aggregate } from "../prints.ts";
import { aggregateFields } from "../rest/books.ts";
import { candleJson } from "../rest/candles.ts";
import { markOf } from "../rest/marks.ts";
import { dayOf } from "../rest/tickers.ts";
import { createGathering, createTops, createTouch, datesOf } from "./depth.ts";
import { type Ask, readStream } from "./names.ts";

const beatMs = 50;
const quietMs = 900; // a stream of one market says the same again after this

/** What was told last. */
interface Told {
  readonly state: string;
  /** Wall ms. */
  readonly at: number;
}

/** Starts telling; returns the way to stop. */
export function startMarketStreams(house: AsterHouse, hub: Hub): () => void {
  const { exchange, times } = house;
  const asks = new Map<string, Ask | undefined>();
  const askOf = (stream: string) => {
    if (!asks.has(stream)) asks.set(stream, readStream(house, stream));
    return asks.get(stream);
  };
  const gathering = createGathering(house);
  const tops = createTops(house);
  const touch = createTouch(house);
  const candles = createCandles(house);
  const tickers = new Map<string, Map<InstrumentId, Told>>();
  const liquidations = new Map<InstrumentId, Extract<SimFact, { type: "liquidation" }>>();
  const nowMs = () => Math.floor(times.now());
  const nameOf = (id: InstrumentId) => symbolOf(id).toLowerCase();
  const diffs = (id: InstrumentId) =>
    [...hub.streams()].filter((stream) => {
      const ask = askOf(stream);
      return ask?.kind === "diff" && ask.market.id === id;
    });

  const tellPrint = (aggregate: Aggregate) => {
    const stream = `${nameOf(aggregate.instrument)}@aggTrade`;
    if (!hub.wanted(stream)) return;
    const market = house.marketOf(aggregate.instrument);
    hub.publish(stream, {
      e: "aggTrade",
      E: datesOf(house, aggregate.at).E,
      s: symbolOf(market.id),
      a: aggregate.id,
      ...aggregateFields(house, market, aggregate),
      ...(house.service === "spot" ? { M: true } : {}),
    });
  };

  const tellTrade = (fact: Extract<SimFact, { type: "trade" }>) => {
    const market = house.marketOf(fact.instrument);
    const { E, T } = datesOf(house, fact.at);
    const s = symbolOf(fact.instrument);
    const [p, q] = [priceText(market, fact.price), sizeText(market, fact.size)];
    const name = nameOf(fact.instrument);
    if (house.service === "spot" && hub.wanted(`${name}@trade`))
      hub.publish(`${name}@trade`, { e: "trade", E, s, t: fact.id, p, q, T, m: fact.taker === "sell" });
    if (hub.wanted(`${name}@tradepro`))
      hub.publish(`${name}@tradepro`, {
        e: "tradepro",
        E,
        T,
        s,
        t: fact.id,
        p,
        q,
        h: `0X${"0".repeat(64)}`,
        m: ["hidden", "hidden"],
      });
  };

  let flushing = false;
  const stopPrints = house.prints.listen(tellPrint);
  const stopHearing = exchange.listen((fact) => {
    if (fact.type === "depth") {
      gathering.add(fact, diffs(fact.instrument));
      const own = `${nameOf(fact.instrument)}@bookTicker`;
      const wanted = [own, "!bookTicker"].filter((stream) => hub.wanted(stream));
      const data = wanted.length === 0 ? undefined : touch(fact.instrument, fact.at);
      if (data !== undefined) for (const stream of wanted) hub.publish(stream, data);
    } else if (fact.type === "trade") {
      tellTrade(fact);
      if (house.service === "futures" || flushing) return; // futures gather them for a beat
      flushing = true;
      queueMicrotask(() => {
        flushing = false;
        house.prints.flush();
      });
    } else if (fact.type === "liquidation") liquidations.set(fact.instrument, fact);
  });

  const tickerOf = (kind: "ticker" | "miniTicker", market: Instrument) => {
    const of = dayOf(house, market);
    const mini = {
      e: "24hrMiniTicker",
      E: of.to,
      s: symbolOf(market.id),
      c: of.last,
      o: of.open,
      h: of.high,
      l: of.low,
      v: of.base,
      q: of.quote,
    };
    if (kind === "miniTicker") return mini;
    const { e: _, ...rest } = mini;
    return {
      e: "24hrTicker",
      ...rest,
      p: of.change,
      P: of.percent,
      w: of.average,
      Q: of.lastSize,
      O: of.from,
      C: of.to,
      F: of.firstId,
      L: of.lastId,
      n: of.count,
    };
  };
  /** Tickers of the markets that moved since this stream told them. */
  const moved = (stream: string, kind: "ticker" | "miniTicker", markets: readonly Instrument[]) => {
    const told = tickers.get(stream) ?? new Map<InstrumentId, Told>();
    tickers.set(stream, told);
    return markets.flatMap((market) => {
      const bar = house.bars(market.id).last("1m");
      const state = `${bar?.start} ${bar?.trades} ${bar?.lastId}`;
      const before = told.get(market.id);
      const quiet = markets.length > 1 ? Number.POSITIVE_INFINITY : quietMs;
      if (bar === undefined || (before?.state === state && performance.now() - before.at < quiet)) return [];
      told.set(market.id, { state, at: performance.now() });
      return tickerOf(kind, market);
    });
  };
  const markJson = (market: Instrument) => {
    const mark = markOf(house, market);
    if (mark === undefined) return [];
    return {
      e: "markPriceUpdate",
      E: nowMs(),
      s: symbolOf(market.id),
      p: mark.mark,
      i: mark.index,
      P: mark.index,
      r: mark.rate,
      T: mark.next,
    };
  };

  /** What a stream has to tell at its beat: frames, one after the other. */
  const speak = (stream: string, ask: Ask): readonly unknown[] => {
    switch (ask.kind) {
      case "diff": {
        const data = gathering.take(stream, ask.market);
        return data === undefined ? [] : [data];
      }
      case "partial": {
        const data = tops.take(stream, ask.market, ask.levels);
        return data === undefined ? [] : [data];
      }
      case "kline":
        return candles.take(stream, ask);
      case "ticker":
      case "miniTicker": {
        const rows = moved(stream, ask.kind, ask.market === undefined ? house.markets() : [ask.market]);
        return ask.market === undefined && rows.length > 0 ? [rows] : rows;
      }
      case "markPrice": {
        const rows = (ask.market === undefined ? house.markets() : [ask.market]).flatMap(markJson);
        return ask.market === undefined && rows.length > 0 ? [rows] : rows;
      }
      case "forceOrder":
        return [...liquidations.values()]
          .filter(({ instrument }) => (ask.market?.id ?? instrument) === instrument)
          .map((fact) => forced(house, fact));
      case "aggTrade":
      case "trade":
      case "tradepro":
      case "bookTicker":
        return []; // told as it happens
    }
  };

  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
    const passed = beats * beatMs;
    if (passed % 100 === 0) house.prints.flush();
    const wanted = new Set(hub.streams());
    for (const stream of wanted) {
      const ask = askOf(stream);
      if (ask?.kind === "kline") candles.begin(stream, ask);
      if (ask === undefined || ask.everyMs === 0 || passed % ask.everyMs !== 0) continue;
      for (const data of speak(stream, ask)) hub.publish(stream, data);
    }
    if (passed % 1000 !== 0) return;
    liquidations.clear();
    gathering.keep(wanted);
    tops.keep(wanted);
    candles.keep(wanted);
    for (const memory of [asks, tickers])
      for (const stream of memory.keys()) if (!wanted.has(stream)) memory.delete(stream);
  }, beatMs);
  return () => {
    clearInterval(beat);
    stopHearing();
    stopPrints();
  };
}

function forced(house: AsterHouse, fact: Extract<SimFact, { type: "liquidation" }>): Record<string, unknown> {
  const market = house.marketOf(fact.instrument);
  const [price, size] = [priceText(market, fact.price), sizeText(market, fact.size)];
  const { E, T } = datesOf(house, fact.at);
  const o = { s: symbolOf(market.id), S: fact.side.toUpperCase(), o: "LIMIT", f: "IOC", q: size, p: price, ap: price };
  return { e: "forceOrder", E, o: { ...o, X: "FILLED", l: size, z: size, T } };
}

type Candle = Extract<Ask, { kind: "kline" }>;

/** Candles as they grow, and once more when they are closed. */
function createCandles(house: AsterHouse) {
  const told = new Map<string, Told & { readonly start: number }>();
  return {
    /** Somebody listens: the candle that is open now is to be told, even if it ends before the first beat. */
    begin: (stream: string, { interval }: Candle) => {
      if (told.has(stream)) return;
      const [start] = spanOf(interval, Math.floor(house.times.now()));
      told.set(stream, { start, state: "", at: Number.NEGATIVE_INFINITY });
    },
    take: (stream: string, { market, interval, word }: Candle): readonly unknown[] => {
      const now = Math.floor(house.times.now());
      const bars = house.bars(market.id);
      const frame = (start: number, closed: boolean) => {
        const { span, bar } = bars.between(interval, start, start, 1)[0] ?? {};
        if (span === undefined || bar === undefined) return [];
        return [{ e: "kline", E: now, s: symbolOf(market.id), k: candleJson(market, word, span, bar, closed) }];
      };
      const [start] = spanOf(interval, now);
      const before = told.get(stream);
      if (before === undefined) return []; // `begin` comes first
      const ending = before.start === start ? [] : frame(before.start, true);
      const last = bars.last(interval);
      const state = last?.start === start ? `${last.trades} ${last.close}` : "";
      const moved = before.start !== start || before.state !== state;
      const changed = moved || performance.now() - before.at >= quietMs;
      if (changed) told.set(stream, { start, state, at: performance.now() });
      return changed && state !== "" ? [...ending, ...frame(start, false)] : ending;
    },
    keep: (wanted: ReadonlySet<string>) => {
      for (const stream of told.keys()) if (!wanted.has(stream)) told.delete(stream);
    },
  };
}
