// GET /api/v1/rfqs: open requests and the quotes for them.
import * as z from "zod";
import { quoteAnswer, requestForQuote } from "../../wire/rfq.ts";
import type { Endpoint } from "../endpoint.ts";

/** A request with the quotes that came. */
export const openRfqAnswer = z.object({
  rfq: requestForQuote,
  quotes: z.array(quoteAnswer),
});
/** An open request with its quotes. */
export type OpenRfq = z.infer<typeof openRfqAnswer>;
const openRfqsAnswer = z.array(openRfqAnswer);

/** Which requests. */
export const openRfqsParams = z.strictObject({
  symbol: z.string().min(1).optional(),
  rfqId: z.string().regex(/^\d+$/, "expected digits").optional(),
  deferredSettlement: z.boolean().optional(),
});
/** Parameters of `rest.rfq.open`. */
export type OpenRfqsParams = z.infer<typeof openRfqsParams>;

/**
 * `GET /api/v1/rfqs`, instruction `rfqQuery`.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/get_open_rfqs
 */
export const open: Endpoint<OpenRfqsParams, OpenRfq[]> = {
  method: "GET",
  path: "/api/v1/rfqs",
  instruction: "rfqQuery",
  params: openRfqsParams,
  answer: openRfqsAnswer,
  lane: "read",
};
