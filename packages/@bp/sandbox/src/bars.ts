// Candles and the rolling ticker, built from prints as they happen on the wall clock.
import { gridsOf, type Instrument } from "@bp/core";
import { Big } from "big.js";
import { fine, plain } from "./wire/text.ts";

/** One candle. Prices in ticks (a mark has a fraction), volume in lots, turnover in tick-lots. */
export interface Bar {
  readonly start: number;
  readonly end: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  turnover: number;
  trades: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Every interval of the venue, in ms; a month has none. */
const intervals = {
  "1s": second,
  "1m": minute,
  "3m": 3 * minute,
  "5m": 5 * minute,
  "15m": 15 * minute,
  "30m": 30 * minute,
  "1h": hour,
  "2h": 2 * hour,
  "4h": 4 * hour,
  "6h": 6 * hour,
  "8h": 8 * hour,
  "12h": 12 * hour,
  "1d": day,
  "3d": 3 * day,
  "1w": 7 * day,
  "1month": undefined,
} as const;

export type Interval = keyof typeof intervals;
export const intervalNames = Object.keys(intervals) as Interval[]; // the keys of a constant
const monday = 4 * day; // 1970-01-05

/** The span of the interval that holds this wall time. */
export function spanOf(interval: Interval, at: number): readonly [start: number, end: number] {
  const length = intervals[interval];
  if (length === undefined) {
    const date = new Date(at);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth();
    return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  }
  const origin = interval === "1w" ? monday : 0;
  const start = origin + Math.floor((at - origin) / length) * length;
  return [start, start + length];
}

/** Candles of one market (or of its mark or index), every interval at once. */
export interface Bars {
  /** @param price - ticks; `size` in lots, 0 for a mark */
  add(at: number, price: number, size: number): void;
  /** The running or last candle of an interval. */
  last(interval: Interval): Bar | undefined;
  /** Candles that start in [from, to], oldest first, at most `most`; `undefined` where nothing was traded. */
  between(
    interval: Interval,
    from: number,
    to: number,
    most: number,
  ): readonly { readonly span: readonly [number, number]; readonly bar: Bar | undefined }[];
  /** The fold of what was traded since, from minute candles; `undefined` when nothing was. */
  since(at: number): Bar | undefined;
}

const kept = 5000;

/** No candles yet. */
export function createBars(): Bars {
  const series = new Map<Interval, Bar[]>(intervalNames.map((name) => [name, []]));
  const list = (interval: Interval) => series.get(interval) ?? [];
  return {
    add: (at, price, size) => {
      for (const [interval, bars] of series) {
        const last = bars.at(-1);
        if (last !== undefined && at < last.end) {
          last.high = Math.max(last.high, price);
          last.low = Math.min(last.low, price);
          last.close = price;
          last.volume += size;
          last.turnover += size * price;
          if (size > 0) last.trades += 1;
          continue;
        }
        const [start, end] = spanOf(interval, at);
        bars.push({
          start,
          end,
          open: price,
          high: price,
          low: price,
          close: price,
          volume: size,
          turnover: size * price,
          trades: size > 0 ? 1 : 0,
        });
        if (bars.length > kept + 500) bars.splice(0, 500);
      }
    },
    last: (interval) => list(interval).at(-1),
    between: (interval, from, to, most) => {
      const found = new Map(list(interval).map((bar) => [bar.start, bar]));
      const rows = [];
      let span = spanOf(interval, from);
      if (span[0] < from) span = spanOf(interval, span[1]);
      while (span[0] <= to && rows.length < most) {
        rows.push({ span, bar: found.get(span[0]) });
        span = spanOf(interval, span[1]);
      }
      return rows;
    },
    since: (at) => {
      let sum: Bar | undefined;
      for (const bar of list("1m")) {
        if (bar.end <= at) continue;
        if (sum === undefined) {
          sum = { ...bar };
          continue;
        }
        sum.high = Math.max(sum.high, bar.high);
        sum.low = Math.min(sum.low, bar.low);
        sum.close = bar.close;
        sum.volume += bar.volume;
        sum.turnover += bar.turnover;
        sum.trades += bar.trades;
      }
      return sum;
    },
  };
}

/** Lots as base. */
export const volumeText = (market: Instrument, bar: Bar | undefined): string =>
  bar === undefined ? "0" : plain(new Big(bar.volume).times(market.lotSize).toFixed());

/** Tick-lots as quote. */
export const turnoverText = (market: Instrument, bar: Bar | undefined): string =>
  bar === undefined ? "0" : plain(new Big(bar.turnover).times(gridsOf(market).unit).toFixed());

/** A row of GET klines. */
export function candle(
  market: Instrument,
  [start, end]: readonly [number, number],
  bar: Bar | undefined,
): Record<string, unknown> {
  const text = (ticks: number | undefined) => (ticks === undefined ? null : fine(market, ticks));
  return {
    close: text(bar?.close),
    end: spaced(end),
    high: text(bar?.high),
    low: text(bar?.low),
    open: text(bar?.open),
    quoteVolume: turnoverText(market, bar),
    start: spaced(start),
    trades: String(bar?.trades ?? 0),
    volume: volumeText(market, bar),
  };
}

const spaced = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");

/** The ticker of a market over what `bar` sums up; `undefined` when nothing was traded. */
export function tickerObject(
  market: Instrument,
  symbol: string,
  bar: Bar | undefined,
): Record<string, unknown> | undefined {
  if (bar === undefined) return undefined;
  const change = new Big(bar.close - bar.open);
  return {
    firstPrice: fine(market, bar.open),
    high: fine(market, bar.high),
    lastPrice: fine(market, bar.close),
    low: fine(market, bar.low),
    priceChange: plain(change.times(market.tickSize).toFixed()),
    priceChangePercent: plain(change.div(bar.open).toFixed(6)),
    quoteVolume: turnoverText(market, bar),
    symbol,
    trades: String(bar.trades),
    volume: volumeText(market, bar),
  };
}
