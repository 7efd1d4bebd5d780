// Tickers: of a day, of the last price, of the best bid and ask.
import { type Instrument, priceText, sizeText, symbolOf } from "@bp/core";
import { Big } from "big.js";
import { type Bar, turnover, volume } from "../../bars.ts";
import type { AsterHouse } from "../house.ts";
import { both, open, type Route } from "../route.ts";
import { eight, exactly, finely, updateId } from "../wire/numbers.ts";
import { bySymbol, oneOrAll } from "./read.ts";

const day = 86_400_000;

export const tickerRoutes: readonly Route[] = [
  open(both("ticker/24hr"), bySymbol(1, 40), (house, fields) =>
    oneOrAll(house, fields, (market) => daily(house, market)),
  ),
  open(both("ticker/price"), bySymbol(1, 2), (house, fields) =>
    oneOrAll(house, fields, (market) => {
      const last = house.exchange.trades(market.id)[0];
      return {
        symbol: symbolOf(market.id),
        price: last === undefined ? exactly(house.markOf(market)) : priceText(market, last.price),
        time: last === undefined ? Math.floor(house.times.now()) : house.times.toldMs(last.at),
      };
    }),
  ),
  open(both("ticker/bookTicker"), bySymbol(1, 2), (house, fields) =>
    oneOrAll(house, fields, (market) => {
      const { time, lastUpdateId, ...touch } = touchOf(house, market);
      return { symbol: symbolOf(market.id), ...touch, time, ...(house.service === "futures" ? { lastUpdateId } : {}) };
    }),
  ),
];

/** Best bid and ask; "0" where a side is empty. */
function touchOf(house: AsterHouse, market: Instrument) {
  const { bids, asks, at, lastUpdateId } = house.exchange.book(market.id, 1);
  const [bid, ask] = [bids[0], asks[0]];
  return {
    bidPrice: bid === undefined ? "0" : priceText(market, bid[0]),
    bidQty: bid === undefined ? "0" : sizeText(market, bid[1]),
    askPrice: ask === undefined ? "0" : priceText(market, ask[0]),
    askQty: ask === undefined ? "0" : sizeText(market, ask[1]),
    time: house.times.toldMs(at),
    lastUpdateId: updateId(house, lastUpdateId),
  };
}

/** A market over the last day; all zero when nothing was traded. */
export function dayOf(house: AsterHouse, market: Instrument) {
  const now = Math.floor(house.times.now());
  const bar: Bar | undefined = house.bars(market.id).since(now - day);
  const price = (ticks: number | undefined) => exactly(finely(market, ticks ?? 0));
  const change = bar === undefined ? new Big(0) : new Big(bar.close).minus(bar.open);
  const base = volume(market, bar?.volume ?? 0);
  const quote = turnover(market, bar?.turnover ?? 0);
  const last = house.exchange.trades(market.id)[0];
  return {
    change: exactly(change.times(market.tickSize)),
    percent: bar === undefined ? "0.000" : change.div(bar.open).times(100).toFixed(3),
    average: base.eq(0) ? "0" : exactly(quote.div(base).round(8)),
    last: price(bar?.close),
    lastSize: last === undefined ? "0" : sizeText(market, last.size),
    open: price(bar?.open),
    high: price(bar?.high),
    low: price(bar?.low),
    base: exactly(base),
    quote: eight(quote),
    from: now - day,
    to: now,
    firstId: bar?.firstId ?? 0,
    lastId: bar?.lastId ?? 0,
    count: bar?.trades ?? 0,
  };
}

function daily(house: AsterHouse, market: Instrument): Record<string, unknown> {
  const of = dayOf(house, market);
  const { bidPrice, bidQty, askPrice, askQty } = touchOf(house, market);
  const spot = house.service === "spot";
  return {
    symbol: symbolOf(market.id),
    priceChange: of.change,
    priceChangePercent: of.percent,
    weightedAvgPrice: of.average,
    prevClosePrice: of.open,
    lastPrice: of.last,
    lastQty: of.lastSize,
    ...(spot ? { bidPrice, bidQty, askPrice, askQty } : {}),
    openPrice: of.open,
    highPrice: of.high,
    lowPrice: of.low,
    volume: of.base,
    quoteVolume: of.quote,
    openTime: of.from,
    closeTime: of.to,
    firstId: of.firstId,
    lastId: of.lastId,
    count: of.count,
    ...(spot ? { baseAsset: market.base, quoteAsset: market.quote } : {}),
  };
}
