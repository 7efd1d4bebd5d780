// GET /api/v1/fundingRates: what funding was in the past.
import { decimal } from "@bp/adapter";
import * as z from "zod";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

/** Funding of one interval. */
export const fundingRateAnswer = z.object({
  symbol: z.string(),
  fundingRate: decimal, // fraction per interval; positive: longs pay
  intervalEndTimestamp: utcText, // UTC, no zone
});
/** Funding of one market for one interval, a fraction. */
export type FundingRate = z.infer<typeof fundingRateAnswer>;
const fundingRatesAnswer = z.array(fundingRateAnswer);

/** Which market, and which page. */
export const fundingRatesParams = z.strictObject({
  symbol: z.string().min(1),
  /** Rows of a page, 1 to 1000 (the venue says 10000, its users 1000); the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
  /** Rows to skip. */
  offset: z.int().min(0).optional(),
});
/** Parameters of `rest.markets.fundingRates`. */
export type FundingRatesParams = z.infer<typeof fundingRatesParams>;

/**
 * `GET /api/v1/fundingRates`, public, newest first. The first row can be the interval that still runs: its end lies in the
 * future and its rate moves. An unknown symbol gives an empty list.
 *
 * unverified: whether it belongs to the calls of which the venue allows 30 a minute; it is kept below that here.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_funding_interval_rates
 */
export const fundingRates: Endpoint<FundingRatesParams, FundingRate[]> = {
  method: "GET",
  path: "/api/v1/fundingRates",
  params: fundingRatesParams,
  answer: fundingRatesAnswer,
  lane: "read",
  slow: true,
};
