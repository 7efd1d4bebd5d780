// GET /wapi/v1/history/rfq/fill: trades that came of our requests.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "../../wire/clientId.ts";
import * as words from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A trade by a quote that we took. */
export const rfqFillAnswer = z.object({
  rfqId: id,
  clientId: clientIdOrNull,
  quoteId: id,
  symbol: z.string(),
  side: words.side,
  quantity: decimalOrNull, // base; this or the next
  quoteQuantity: decimalOrNull, // quote
  fillPrice: decimal, // quote per base
  createdAt: utcText, // UTC, no zone
  filledAt: utcText, // UTC, no zone
  systemOrderType: words.systemOrderType.nullish(),
});
/** A trade by a quote that we took. */
export type RfqFill = z.infer<typeof rfqFillAnswer>;
const rfqFillsAnswer = z.array(rfqFillAnswer);

/** Which trades, one page of at most 1000 rows. */
export const rfqFillsParams = z.strictObject({
  ...paging,
  quoteId: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  side: z.enum(["Bid", "Ask"]).optional(),
  fillType: z.enum(["User", "CollateralConversion"]).optional(),
  deferredSettlement: z.boolean().optional(),
});
/** Parameters of `rest.history.rfqFills`. */
export type RfqFillsParams = z.infer<typeof rfqFillsParams>;

/**
 * `GET /wapi/v1/history/rfq/fill`, instruction `rfqFillHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/get_rfq_fill_history
 */
export const rfqFills: Endpoint<RfqFillsParams, RfqFill[]> = {
  method: "GET",
  path: "/wapi/v1/history/rfq/fill",
  instruction: "rfqFillHistoryQueryAll",
  params: rfqFillsParams,
  answer: rfqFillsAnswer,
  lane: "read",
};
