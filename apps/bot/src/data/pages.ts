// Histories of the venues, page by page, through their own clients.
import type { DownloadKind, DownloadOptions } from "@bp/data";

/** What is downloaded. */
export interface HistoryAsk {
  readonly symbol: string;
  readonly kind: DownloadKind;
  /** Of candles. */
  readonly interval: Interval;
  /** Nothing that is not over by then, ms since 1970: it may still change. */
  readonly settled: number;
  /** Rows of a page, at most what the venue gives; default that. */
  readonly limit?: number;
}

/** A venue's histories. */
export type PagesOf = (ask: HistoryAsk) => DownloadOptions["page"];

/** Lengths of candles that both exchanges have, and Backpack's second; ms. */
export const intervals = {
  "1s": 1_000,
  "1m": 60_000,
  "3m": 180_000,
  "5m": 300_000,
  "15m": 900_000,
  "30m": 1_800_000,
  "1h": 3_600_000,
  "2h": 7_200_000,
  "4h": 14_400_000,
  "6h": 21_600_000,
  "8h": 28_800_000,
  "12h": 43_200_000,
  "1d": 86_400_000,
  "3d": 259_200_000,
  "1w": 604_800_000,
} as const;

/** Length of a candle. */
export type Interval = keyof typeof intervals;

/** Most rows of a page at both. */
export const mostRows = 1_000;

/** A page that a window of `limit` candles gave, and whether there can be more. */
export function candlePage(
  rows: readonly { readonly at: number; readonly text: string }[],
  { from, until, settled, lengthMs }: Record<"from" | "until" | "settled" | "lengthMs", number>,
) {
  const wanted = rows.filter(({ at }) => at >= from && at + lengthMs <= settled);
  return {
    rows: wanted.map(({ at, text }) => ({ at, key: String(at), text: `${at},${text}` })),
    until: until + lengthMs > settled ? undefined : until,
  };
}
