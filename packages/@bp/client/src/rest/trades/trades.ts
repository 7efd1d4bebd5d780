// GET /api/v1/trades: the newest public trades.

import { decimal, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { milliseconds } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

/** A public trade. `timestamp` is ms here, µs on the stream. */
export const tradeAnswer = z.object({
  id: idOrNull,
  price: decimal,
  quantity: decimal, // base
  quoteQuantity: decimal,
  timestamp: milliseconds, // ms
  isBuyerMaker: z.boolean(), // true: a sale took
});
/** A public trade, as REST tells it. */
export type Trade = z.infer<typeof tradeAnswer>;
const tradesAnswer = z.array(tradeAnswer);

/** Which market, and how many of its newest trades. */
export const tradesParams = z.strictObject({
  symbol: z.string().min(1),
  /** 1 to 1000; the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
});
/** Parameters of `rest.trades.trades`. */
export type TradesParams = z.infer<typeof tradesParams>;

/**
 * `GET /api/v1/trades`, public, newest first. Cached by the venue for 5 s.
 *
 * @see https://docs.backpack.exchange/#tag/Trades/operation/get_recent_trades
 */
export const trades: Endpoint<TradesParams, Trade[]> = {
  method: "GET",
  path: "/api/v1/trades",
  params: tradesParams,
  answer: tradesAnswer,
  lane: "read",
};
