// Candles of prints, of the index and of the mark.
import type { Instrument } from "@bp/core";
import { Big } from "big.js";
import { type Bar, type Interval, intervalNames, spanOf, turnover, volume } from "../../bars.ts";
import type { Fields } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { refuse } from "../refuse.ts";
import { both, open, type Route } from "../route.ts";
import { eight, exactly, finely } from "../wire/numbers.ts";
import { needMarket, readLimit, readSpan } from "./read.ts";

const day = 86_400_000;

/** The venue's name of an interval; it has no seconds. */
export function intervalOf(text: string): Interval | undefined {
  if (text === "1M") return "1month";
  return intervalNames.find((name) => name === text && name !== "1s" && name !== "1month");
}

const weight = (fields: Fields) => {
  const limit = fields.whole("limit") ?? 500;
  return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
};

export const candleRoutes: readonly Route[] = [
  open(both("klines"), weight, (house, fields) => candles(house, fields, needMarket(house, fields), "Last")),
];

/** Futures have more kinds of them. */
export const markCandleRoutes: readonly Route[] = [
  open(both("markPriceKlines"), weight, (house, fields) => candles(house, fields, needMarket(house, fields), "Mark")),
  open(both("indexPriceKlines"), weight, (house, fields) =>
    candles(house, fields, needMarket(house, fields, "pair"), "Index"),
  ),
  open(["v1/continuousKlines"], weight, (house, fields) =>
    candles(house, fields, needMarket(house, fields, "pair"), "Last"),
  ),
];

function candles(house: AsterHouse, fields: Fields, market: Instrument, of: "Last" | "Mark" | "Index"): unknown {
  const interval = intervalOf(fields.need("interval")) ?? refuse(-1120, "Invalid interval.");
  const limit = readLimit(fields, 500, 1500);
  const { from, to } = readSpan(fields);
  const now = house.times.now();
  const until = Math.min(to, now);
  const start = from > 0 ? from : back(interval, until, limit);
  const rows: unknown[] = [];
  let close: number | undefined;
  for (const { span, bar } of house.bars(market.id, of).between(interval, start, until, limit)) {
    close = bar?.close ?? close;
    if (close === undefined) continue; // before anything was known
    rows.push(row(house, market, span, bar, close, of));
  }
  return rows;
}

/** The start of the span `count` − 1 before the one that holds `at`. */
function back(interval: Interval, at: number, count: number): number {
  let [start] = spanOf(interval, at);
  for (let step = 1; step < count && start > at - 30 * day * count; step++) [start] = spanOf(interval, start - 1);
  return start;
}

function row(
  house: AsterHouse,
  market: Instrument,
  [start, end]: readonly [number, number],
  bar: Bar | undefined,
  close: number,
  of: "Last" | "Mark" | "Index",
): unknown[] {
  const price = (ticks: number) => finely(market, ticks);
  const traded = of === "Last";
  const amount = (value: Big) => (traded ? exactly(value) : "0");
  const zero = new Big(0);
  const cells = [
    start,
    price(bar?.open ?? close),
    price(bar?.high ?? close),
    price(bar?.low ?? close),
    price(bar?.close ?? close),
    amount(bar === undefined ? zero : volume(market, bar.volume)),
    end - 1,
    amount(bar === undefined ? zero : turnover(market, bar.turnover)),
    bar?.trades ?? 0,
    amount(bar === undefined ? zero : volume(market, bar.bought)),
    amount(bar === undefined ? zero : turnover(market, bar.boughtTurnover)),
  ];
  return house.service === "futures" ? [...cells, "0"] : cells;
}

/** What the stream tells of a candle, in the venue's letters. */
export function candleJson(
  market: Instrument,
  interval: string,
  [start, end]: readonly [number, number],
  bar: Bar,
  closed: boolean,
): Record<string, unknown> {
  return {
    t: start,
    T: end - 1,
    s: market.id.slice(market.id.indexOf(":") + 1),
    i: interval,
    f: bar.firstId,
    L: bar.lastId,
    o: exactly(finely(market, bar.open)),
    c: exactly(finely(market, bar.close)),
    h: exactly(finely(market, bar.high)),
    l: exactly(finely(market, bar.low)),
    v: exactly(volume(market, bar.volume)),
    n: bar.trades,
    x: closed,
    q: eight(turnover(market, bar.turnover)),
    V: exactly(volume(market, bar.bought)),
    Q: eight(turnover(market, bar.boughtTurnover)),
    B: "0",
  };
}
