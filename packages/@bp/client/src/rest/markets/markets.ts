// GET /api/v1/markets: every market with its filters.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";
import { type Market, marketAnswer } from "./market.ts";

/** Which markets. */
export const marketsParams = z.strictObject({
  /** One kind of market or several; the venue's default is spot and perpetual. */
  marketType: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
});
/** Parameters of `rest.markets.markets`. */
export type MarketsParams = z.infer<typeof marketsParams>;

/** All markets. One row that cannot be read refuses the list: no market is dropped in silence. */
export const marketsAnswer = z.array(marketAnswer);

/**
 * `GET /api/v1/markets`, public. Cached by the venue for 5 minutes: a changed book state is seen late.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_markets
 */
export const markets: Endpoint<MarketsParams, Market[]> = {
  method: "GET",
  path: "/api/v1/markets",
  params: marketsParams,
  answer: marketsAnswer,
  lane: "read",
};
