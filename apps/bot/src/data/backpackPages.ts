// Candles, trades and funding rates of Backpack as pages.
import { type Backpack, fromUtcText } from "@bp/client";
import { newestFirst } from "@bp/data";
import { candlePage, type HistoryAsk, intervals, mostRows, type PagesOf } from "./pages.ts";

/** Histories of Backpack: 28 requests a minute, which its client sees to. */
export const backpackPages =
  ({ rest }: Pick<Backpack, "rest">): PagesOf =>
  (ask) =>
    ({ klines, trades, funding })[ask.kind](rest, ask);

type Rest = Backpack["rest"];

const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** Candles in which nothing traded have no price at the venue: they are left out, and a reader says that they are missing. */
const klines = (rest: Rest, { symbol, interval, settled, limit = mostRows }: HistoryAsk): ReturnType<PagesOf> => {
  const lengthMs = intervals[interval];
  return async ({ from, to }, signal) => {
    const until = Math.min(from + (limit - 1) * lengthMs, Math.max(to, from + lengthMs));
    const startTime = Math.floor(from / 1_000);
    const endTime = Math.ceil(until / 1_000); // one more, which may or may not be told: the next page begins there
    const found = await rest.markets.klines({ symbol, interval, startTime, endTime }, options(signal));
    const rows = found.flatMap(({ start, open, high, low, close, volume }) =>
      open === null || high === null || low === null || close === null
        ? []
        : { at: fromUtcText(start), text: [open, high, low, close, volume].join(",") },
    );
    return candlePage(rows, { from, until, settled, lengthMs });
  };
};

/** What has no id is a request for a quote that was taken: it was in no book. */
const trades = (rest: Rest, { symbol, limit = mostRows }: HistoryAsk): ReturnType<PagesOf> =>
  newestFirst({
    limit,
    fetch: async (offset, most, signal) =>
      (await rest.trades.history({ symbol, limit: most, offset }, options(signal))).map(
        ({ id, price, quantity, timestamp, isBuyerMaker }) =>
          id === null
            ? undefined
            : { at: timestamp, key: id, text: [timestamp, id, price, quantity, isBuyerMaker ? 1 : 0].join(",") },
      ),
  });

const funding = (rest: Rest, { symbol, settled, limit = mostRows }: HistoryAsk): ReturnType<PagesOf> =>
  newestFirst({
    limit,
    fetch: async (offset, most, signal) =>
      (await rest.markets.fundingRates({ symbol, limit: most, offset }, options(signal))).map(
        ({ fundingRate, intervalEndTimestamp }) => {
          const at = fromUtcText(intervalEndTimestamp);
          return at > settled ? undefined : { at, key: String(at), text: `${at},${fundingRate}` };
        },
      ),
  });
