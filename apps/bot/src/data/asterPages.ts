// Candles, trades and funding rates of Aster as pages.
import type { Aster } from "@aster/client";
import { BpError } from "@bp/core";
import type { PageAsk } from "@bp/data";
import { conflict } from "../config/complaint.ts";
import { candlePage, type HistoryAsk, intervals, mostRows, type PagesOf } from "./pages.ts";

type Market = Pick<Aster["futures"]["rest"]["market"], "klines" | "aggTrades"> &
  Partial<Pick<Aster["futures"]["rest"]["market"], "fundingRate">>;

/** Histories of one of Aster's services. Trades are aggregated: fills of one taker at one price are one. */
export const asterPages =
  (market: Market): PagesOf =>
  (ask) =>
    ({ klines, trades, funding })[ask.kind](market, ask);

const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** The venue's end of a span of trades must be less than an hour from its beginning. */
const mostSpan = 3_600_000;

const klines = (market: Market, { symbol, interval, settled, limit = mostRows }: HistoryAsk): ReturnType<PagesOf> => {
  if (interval === "1s") throw conflict("--interval 1s at Aster", "its shortest candle is 1m");
  const lengthMs = intervals[interval];
  return async ({ from }, signal) => {
    const found = await market.klines({ symbol, interval, startTime: from, limit }, options(signal));
    const last = found.at(-1)?.openTime ?? from;
    const until = found.length < limit ? from + limit * lengthMs : last + lengthMs;
    const rows = found.map(({ openTime, open, high, low, close, volume }) => ({
      at: openTime,
      text: [open, high, low, close, volume].join(","),
    }));
    return candlePage(rows, { from, until, settled, lengthMs });
  };
};

const trades = (market: Market, { symbol, settled, limit = mostRows }: HistoryAsk): ReturnType<PagesOf> => {
  const read = async (query: { fromId: string } | { startTime: number; endTime: number }, signal?: AbortSignal) =>
    (await market.aggTrades({ symbol, limit, ...query }, options(signal))).map(({ a, p, q, T, m }) => ({
      at: T,
      key: a,
      text: [T, a, p, q, m ? 1 : 0].join(","),
    }));
  return async ({ from, anchor }: PageAsk, signal) => {
    if (anchor !== undefined) {
      const rows = await read({ fromId: anchor.key }, signal);
      return { rows, until: rows.length < limit ? undefined : rows.at(-1)?.at };
    }
    const end = from + mostSpan;
    const rows = await read({ startTime: from, endTime: end - 1 }, signal);
    if (rows.length >= limit) return { rows, until: rows.at(-1)?.at };
    return { rows, until: end > settled ? undefined : end };
  };
};

const funding = (market: Market, { symbol, limit = mostRows }: HistoryAsk): ReturnType<PagesOf> => {
  const { fundingRate } = market;
  if (fundingRate === undefined)
    throw new BpError("config/conflict", {
      what: "--kind funding of a spot market",
      hint: "perpetuals alone pay funding",
    });
  return async ({ from }, signal) => {
    const found = await fundingRate({ symbol, startTime: from, limit }, options(signal));
    const rows = found.map(({ fundingRate: rate, fundingTime }) => ({
      at: fundingTime,
      key: String(fundingTime),
      text: `${fundingTime},${rate}`,
    }));
    return { rows, until: rows.length < limit ? undefined : rows.at(-1)?.at };
  };
};
