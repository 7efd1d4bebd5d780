// Candles and the rolling ticker in the venue's words.
import type { Instrument } from "@bp/core";
import { Big } from "big.js";
import { type Bar, turnoverText, volumeText } from "../../bars.ts";
import { fine, plain } from "../../text.ts";

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
