// GET /api/v1/markPrices: mark, index and the funding to come.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Mark and index, quote per base, and the funding to come. */
export const markPriceAnswer = z.object({
  symbol: z.string(),
  markPrice: decimal,
  indexPrice: decimalOrNull,
  fundingRate: decimalOrNull, // fraction per interval, an estimate; positive: longs pay
  nextFundingTimestamp: z.number().nullish(), // ms
});
/** Mark, index and estimated funding of one market. */
export type MarkPrice = z.infer<typeof markPriceAnswer>;
const markPricesAnswer = z.array(markPriceAnswer);

/** Which markets: one, one kind, or all perpetuals. */
export const markPricesParams = z.strictObject({
  symbol: z.string().min(1).optional(),
  /** One kind of market; the venue's default is perpetual. */
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.markets.markPrices`. */
export type MarkPricesParams = z.infer<typeof markPricesParams>;

/**
 * `GET /api/v1/markPrices`, public: a list, also when one symbol is asked for.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_mark_prices
 */
export const markPrices: Endpoint<MarkPricesParams, MarkPrice[]> = {
  method: "GET",
  path: "/api/v1/markPrices",
  params: markPricesParams,
  answer: markPricesAnswer,
  lane: "read",
};
