// GET /wapi/v1/history/quote: quotes that we gave.
import * as z from "zod";
import { quoteCommon } from "../../wire/rfq.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A quote of the past. */
export const pastQuoteAnswer = z.object({
  ...quoteCommon,
  createdAt: utcText, // UTC, no zone
  deferredSettlement: z.boolean().nullish(),
});
/** A quote as the history tells it. */
export type PastQuote = z.infer<typeof pastQuoteAnswer>;
const pastQuotesAnswer = z.array(pastQuoteAnswer);

/** Which quotes, one page of at most 1000 rows. */
export const pastQuotesParams = z.strictObject({
  ...paging,
  quoteId: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  /** A status of orders; an open list. */
  status: z.string().min(1).optional(),
  deferredSettlement: z.boolean().optional(),
});
/** Parameters of `rest.history.quotes`. */
export type PastQuotesParams = z.infer<typeof pastQuotesParams>;

/**
 * `GET /wapi/v1/history/quote`, instruction `quoteHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/get_quote_history
 */
export const quotes: Endpoint<PastQuotesParams, PastQuote[]> = {
  method: "GET",
  path: "/wapi/v1/history/quote",
  instruction: "quoteHistoryQueryAll",
  params: pastQuotesParams,
  answer: pastQuotesAnswer,
  lane: "read",
};
