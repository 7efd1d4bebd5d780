// GET /api/v1/ticker: the last 24 hours (or week) of a market.

import { decimal, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Rolling figures. There is no bid and no ask in them. */
export const tickerAnswer = z.object({
  symbol: z.string(),
  firstPrice: decimal,
  lastPrice: decimal,
  priceChange: decimal,
  priceChangePercent: decimal, // a fraction in spite of its name: -0.029 is -2.9 %
  high: decimal,
  low: decimal,
  volume: decimal, // base
  quoteVolume: decimal,
  trades: wholeNumber, // text on the wire
});
/** Rolling figures of one market. No bid and no ask; `priceChangePercent` is a fraction. */
export type Ticker = z.infer<typeof tickerAnswer>;

/** Which market, and over a day or a week. */
export const tickerParams = z.strictObject({
  symbol: z.string().min(1),
  interval: z.enum(["1d", "1w"]).optional(),
});
/** Parameters of `rest.markets.ticker`. */
export type TickerParams = z.infer<typeof tickerParams>;

/**
 * `GET /api/v1/ticker`, public. Cached by the venue for 20 s and more: never quote by it. `null` where the venue has
 * nothing to tell (204).
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_ticker
 */
export const ticker: Endpoint<TickerParams, Ticker | null> = {
  method: "GET",
  path: "/api/v1/ticker",
  params: tickerParams,
  answer: tickerAnswer,
  lane: "read",
  instead: ({ status }) => (status === 204 ? { answer: null } : undefined),
};
