// GET /api/v1/trades/history: older public trades, page by page.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";
import { type Trade, tradeAnswer } from "./trades.ts";

const tradesAnswer = z.array(tradeAnswer);

/** Which market, and which page. */
export const pastTradesParams = z.strictObject({
  symbol: z.string().min(1),
  /** Rows of a page, 1 to 1000; the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
  /** Rows to skip. */
  offset: z.int().min(0).optional(),
});
/** Parameters of `rest.trades.history`. */
export type PastTradesParams = z.infer<typeof pastTradesParams>;

/**
 * `GET /api/v1/trades/history`, public, newest first. 30 calls a minute.
 *
 * @see https://docs.backpack.exchange/#tag/Trades/operation/get_historical_trades
 */
export const history: Endpoint<PastTradesParams, Trade[]> = {
  method: "GET",
  path: "/api/v1/trades/history",
  params: pastTradesParams,
  answer: tradesAnswer,
  lane: "read",
  slow: true,
};
