// GET /wapi/v1/history/rfq: our requests for quotes.
import { idOrNull } from "@bp/adapter";
import * as z from "zod";
import { rfqCommon } from "../../wire/rfq.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A request for quotes of the past. */
export const pastRfqAnswer = z.object({
  ...rfqCommon,
  submissionTime: utcText.nullish(), // UTC, no zone
  expiryTime: utcText.nullish(), // UTC, no zone
  createdAt: utcText, // UTC, no zone
  deferredSettlementQuoteId: idOrNull,
});
/** A request for quotes as the history tells it; times are text in UTC. */
export type PastRfq = z.infer<typeof pastRfqAnswer>;
const pastRfqsAnswer = z.array(pastRfqAnswer);

/** Which requests, one page of at most 1000 rows. */
export const pastRfqsParams = z.strictObject({
  ...paging,
  rfqId: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  /** A status of orders; an open list. */
  status: z.string().min(1).optional(),
  side: z.enum(["Bid", "Ask"]).optional(),
  deferredSettlement: z.boolean().optional(),
});
/** Parameters of `rest.history.rfqs`. */
export type PastRfqsParams = z.infer<typeof pastRfqsParams>;

/**
 * `GET /wapi/v1/history/rfq`, instruction `rfqHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/get_rfq_history
 */
export const rfqs: Endpoint<PastRfqsParams, PastRfq[]> = {
  method: "GET",
  path: "/wapi/v1/history/rfq",
  instruction: "rfqHistoryQueryAll",
  params: pastRfqsParams,
  answer: pastRfqsAnswer,
  lane: "read",
};
