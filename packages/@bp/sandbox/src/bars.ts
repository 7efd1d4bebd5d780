// Candles and the rolling ticker, built from prints as they happen on the wall clock.
import { gridsOf, type Instrument, type Side } from "@bp/core";
import { Big } from "big.js";
import { plain } from "./text.ts";

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
  /** Of the first and the last trade; 0 for a mark. */
  firstId: number;
  lastId: number;
  /** The part that buyers took. */
  bought: number;
  boughtTurnover: number;
}

/** What a candle wants to know of a trade beside its price. */
interface Traded {
  readonly id: number;
  readonly taker: Side;
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
  /** @param price - ticks; `size` in lots, 0 for a mark, which has no `trade` */
  add(at: number, price: number, size: number, trade?: Traded): void;
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
    add: (at, price, size, trade) => {
      const bought = trade?.taker === "buy" ? size : 0;
      for (const [interval, bars] of series) {
        const last = bars.at(-1);
        if (last !== undefined && at < last.end) {
          last.high = Math.max(last.high, price);
          last.low = Math.min(last.low, price);
          last.close = price;
          last.volume += size;
          last.turnover += size * price;
          last.bought += bought;
          last.boughtTurnover += bought * price;
          if (trade === undefined) continue;
          last.trades += 1;
          last.lastId = trade.id;
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
          trades: trade === undefined ? 0 : 1,
          firstId: trade?.id ?? 0,
          lastId: trade?.id ?? 0,
          bought,
          boughtTurnover: bought * price,
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
        sum.lastId = bar.lastId;
        sum.bought += bar.bought;
        sum.boughtTurnover += bar.boughtTurnover;
      }
      return sum;
    },
  };
}

/** Lots as base. */
export const volume = (market: Instrument, lots: number): Big => new Big(lots).times(market.lotSize);

/** Tick-lots as quote. */
export const turnover = (market: Instrument, units: number): Big => new Big(units).times(gridsOf(market).unit);

/** What was traded, in base. */
export const volumeText = (market: Instrument, bar: Bar | undefined): string =>
  bar === undefined ? "0" : plain(volume(market, bar.volume).toFixed());

/** What was traded, in quote. */
export const turnoverText = (market: Instrument, bar: Bar | undefined): string =>
  bar === undefined ? "0" : plain(turnover(market, bar.turnover).toFixed());
