// GET /wapi/v1/history/quote/fill: trades that came of our quotes.
import { decimal, id } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "../../wire/clientId.ts";
import * as words from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A trade by a quote that we gave. */
export const quoteFillAnswer = z.object({
  clientId: clientIdOrNull,
  quoteId: id,
  rfqId: id,
  symbol: z.string(),
  side: words.side,
  quantity: decimal, // base
  fillPrice: decimal, // quote per base
  fee: decimal, // positive: paid
  feeSymbol: z.string(), // asset of the fee
  createdAt: utcText, // UTC, no zone
  filledAt: utcText, // UTC, no zone
});
/** A trade by a quote that we gave. */
export type QuoteFill = z.infer<typeof quoteFillAnswer>;
const quoteFillsAnswer = z.array(quoteFillAnswer);

/** Which trades, one page of at most 1000 rows. */
export const quoteFillsParams = z.strictObject({
  ...paging,
  quoteId: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  side: z.enum(["Bid", "Ask"]).optional(),
});
/** Parameters of `rest.history.quoteFills`. */
export type QuoteFillsParams = z.infer<typeof quoteFillsParams>;

/**
 * `GET /wapi/v1/history/quote/fill`, instruction `quoteFillHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/get_quote_fill_history
 */
export const quoteFills: Endpoint<QuoteFillsParams, QuoteFill[]> = {
  method: "GET",
  path: "/wapi/v1/history/quote/fill",
  instruction: "quoteFillHistoryQueryAll",
  params: quoteFillsParams,
  answer: quoteFillsAnswer,
  lane: "read",
};
