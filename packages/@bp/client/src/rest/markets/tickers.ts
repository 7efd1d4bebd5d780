// GET /api/v1/tickers: the last 24 hours (or week) of every market.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";
import { type Ticker, tickerAnswer } from "./ticker.ts";

/** Over a day or a week. */
export const tickersParams = z.strictObject({ interval: z.enum(["1d", "1w"]).optional() });
/** Parameters of `rest.markets.tickers`. */
export type TickersParams = z.infer<typeof tickersParams>;

const tickersAnswer = z.array(tickerAnswer);

/**
 * `GET /api/v1/tickers`, public. Cached by the venue for 20 s and more: never quote by it.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_tickers
 */
export const tickers: Endpoint<TickersParams, Ticker[]> = {
  method: "GET",
  path: "/api/v1/tickers",
  params: tickersParams,
  answer: tickersAnswer,
  lane: "read",
};
