// POST /api/v1/rfq/cancel: takes a request back.
import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";
import { type RequestForQuote, requestForQuote } from "../../wire/rfq.ts";
import type { Endpoint } from "../endpoint.ts";

/** Which request: by its id or by ours, never both. */
export const cancelRfqParams = z
  .strictObject({
    rfqId: z.string().min(1).optional(),
    clientId: clientIdParam.optional(),
  })
  .refine(({ rfqId, clientId }) => (rfqId === undefined) !== (clientId === undefined), {
    message: "expected exactly one of rfqId and clientId",
  });
/** Parameters of `rest.rfq.cancel`. */
export type CancelRfqParams = z.infer<typeof cancelRfqParams>;

/**
 * `POST /api/v1/rfq/cancel`, instruction `rfqCancel`. Uses the reserved share of the budget.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/cancel_rfq
 */
export const cancel: Endpoint<CancelRfqParams, RequestForQuote> = {
  method: "POST",
  path: "/api/v1/rfq/cancel",
  instruction: "rfqCancel",
  params: cancelRfqParams,
  answer: requestForQuote,
  lane: "cancel",
};
