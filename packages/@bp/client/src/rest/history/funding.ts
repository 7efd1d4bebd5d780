// GET /wapi/v1/history/funding: funding paid and received.

import { decimal, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** Funding of one position for one interval. Positive is received, negative paid. */
export const fundingAnswer = z.object({
  symbol: z.string(),
  quantity: decimal, // in the settlement currency; positive: received
  fundingRate: decimal, // fraction per interval
  intervalEndTimestamp: utcText, // UTC, no zone
  userId: idOrNull,
  subaccountId: z.number().nullish(),
});
/** Funding paid or received for one interval, in the settlement currency (USDC). */
export type FundingPayment = z.infer<typeof fundingAnswer>;
const fundingsAnswer = z.array(fundingAnswer);

/** Which payments: one market or all, one page of at most 1000 rows. */
export const fundingParams = z.strictObject({ ...paging, symbol: z.string().min(1).optional() });
/** Parameters of `rest.history.funding`. */
export type FundingParams = z.infer<typeof fundingParams>;

/**
 * `GET /wapi/v1/history/funding`, instruction `fundingHistoryQueryAll`, newest first. No stream tells these payments.
 *
 * @see https://docs.backpack.exchange/#tag/Position/operation/get_funding_payments
 */
export const funding: Endpoint<FundingParams, FundingPayment[]> = {
  method: "GET",
  path: "/wapi/v1/history/funding",
  instruction: "fundingHistoryQueryAll",
  params: fundingParams,
  answer: fundingsAnswer,
  lane: "read",
};
