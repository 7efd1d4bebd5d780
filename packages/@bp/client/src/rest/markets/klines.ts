// GET /api/v1/klines: candles.

import { decimal, decimalOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A candle. Prices are null where nothing traded; the last one may still be open. */
export const klineAnswer = z.object({
  start: z.string(), // UTC, `2026-09-01 17:23:00`
  end: z.string(),
  open: decimalOrNull,
  high: decimalOrNull,
  low: decimalOrNull,
  close: decimalOrNull,
  volume: decimal, // base
  quoteVolume: decimal,
  trades: wholeNumber, // text on the wire
});
/** A candle: prices quote per base, `start` and `end` text in UTC. */
export type Kline = z.infer<typeof klineAnswer>;
const klinesAnswer = z.array(klineAnswer);

/** Lengths of a candle. */
export const klineInterval = z.enum([
  "1s",
  "1m",
  "3m",
  "5m",
  "15m",
  "30m",
  "1h",
  "2h",
  "4h",
  "6h",
  "8h",
  "12h",
  "1d",
  "3d",
  "1w",
  "1month",
]);
/** The length of a candle. */
export type KlineInterval = z.infer<typeof klineInterval>;

// 1e11 s is the year 5138 and 1e11 ms is 1973: a larger number is milliseconds by mistake.
const seconds = z.int().min(0).max(99_999_999_999, "expected seconds since 1970, not milliseconds");

/** Which candles. Times are **seconds**; milliseconds are refused before anything is sent. */
export const klinesParams = z.strictObject({
  symbol: z.string().min(1),
  interval: klineInterval,
  /** **Seconds** since 1970, required by the venue. */
  startTime: seconds,
  /** **Seconds** since 1970; the venue's default is now. */
  endTime: seconds.optional(),
  priceType: z.enum(["Last", "Index", "Mark"]).optional(),
});
/** Parameters of `rest.markets.klines`. */
export type KlinesParams = z.infer<typeof klinesParams>;

/**
 * `GET /api/v1/klines`, public, oldest first. Times of the request are in seconds. There is no limit parameter: ask for at
 * most 1000 candles by choosing the times. 30 calls a minute, cached for 60 s.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_klines
 */
export const klines: Endpoint<KlinesParams, Kline[]> = {
  method: "GET",
  path: "/api/v1/klines",
  params: klinesParams,
  answer: klinesAnswer,
  lane: "read",
  slow: true,
};
