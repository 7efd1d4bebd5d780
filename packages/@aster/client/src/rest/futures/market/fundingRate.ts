// GET /fapi/v3/fundingRate: settled funding rates.

import { decimal, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period, symbolParam } from "../../params.ts";

/** A settled rate. */
export const fundingRateAnswer = z.object({
  symbol: z.string(),
  fundingRate: decimal, // a fraction of the notional, for the whole interval
  fundingTime: wholeNumber, // ms
});
/** A settled funding rate, a fraction of the notional. */
export type FundingRate = z.infer<typeof fundingRateAnswer>;

/** Which rates: times are ms, 100 rows if no limit is named. */
export const fundingRateParams = z.strictObject({ symbol: symbolParam.optional(), ...period, limit: limitParam(1000) });
/** Parameters of `rest.market.fundingRate`. */
export type FundingRateParams = z.infer<typeof fundingRateParams>;

/** `GET /fapi/v3/fundingRate`, public, oldest first. Positive: longs paid shorts. */
export const fundingRate: AsterEndpoint<FundingRateParams, FundingRate[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/fundingRate",
  v1: "/fapi/v1/fundingRate",
  v3: "/fapi/v3/fundingRate",
  params: fundingRateParams,
  answer: z.array(fundingRateAnswer),
  lane: "read",
  weight: 1,
};
