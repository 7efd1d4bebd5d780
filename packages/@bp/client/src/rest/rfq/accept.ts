// POST /api/v1/rfq/accept: takes a quote.
import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";
import { type RequestForQuote, requestForQuote } from "../../wire/rfq.ts";
import type { Endpoint } from "../endpoint.ts";

/** Which quote, and of which request (by its id or by ours; not both). */
export const acceptQuoteParams = z
  .strictObject({
    quoteId: z.string().min(1),
    rfqId: z.string().min(1).optional(),
    clientId: clientIdParam.optional(),
  })
  .refine(({ rfqId, clientId }) => rfqId === undefined || clientId === undefined, {
    message: "expected at most one of rfqId and clientId",
  });
/** Parameters of `rest.rfq.accept`. */
export type AcceptQuoteParams = z.infer<typeof acceptQuoteParams>;

/**
 * `POST /api/v1/rfq/accept`, instruction `quoteAccept`. Sent once, like an order.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/accept_quote
 */
export const accept: Endpoint<AcceptQuoteParams, RequestForQuote> = {
  method: "POST",
  path: "/api/v1/rfq/accept",
  instruction: "quoteAccept",
  params: acceptQuoteParams,
  answer: requestForQuote,
  lane: "trade",
};
