// POST /api/v1/rfq/refresh: lets a request live longer.
import * as z from "zod";
import { type RequestForQuote, requestForQuote } from "../../wire/rfq.ts";
import type { Endpoint } from "../endpoint.ts";

/** Which request. */
export const refreshRfqParams = z.strictObject({
  rfqId: z.string().min(1),
});
/** Parameters of `rest.rfq.refresh`. */
export type RefreshRfqParams = z.infer<typeof refreshRfqParams>;

/**
 * `POST /api/v1/rfq/refresh`, instruction `rfqRefresh`.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/refresh_rfq
 */
export const refresh: Endpoint<RefreshRfqParams, RequestForQuote> = {
  method: "POST",
  path: "/api/v1/rfq/refresh",
  instruction: "rfqRefresh",
  params: refreshRfqParams,
  answer: requestForQuote,
  lane: "trade",
};
