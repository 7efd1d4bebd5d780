// POST /api/v1/rfq: asks for quotes.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";
import { type RequestForQuote, requestForQuote } from "../../wire/rfq.ts";
import type { Endpoint } from "../endpoint.ts";

/** What is to be traded. */
export const submitRfqParams = z
  .strictObject({
    /** `SOL_USDC_RFQ`. */
    symbol: z.string().min(1),
    side: z.enum(["Bid", "Ask"]),
    /** Base; exactly one of this and `quoteQuantity`. */
    quantity: decimalParam.optional(),
    /** Quote. */
    quoteQuantity: decimalParam.optional(),
    /** Quote per base; `Immediate` only. */
    price: decimalParam.optional(),
    /** Whether a quote is taken by us (the venue's default) or at once. */
    executionMode: z.enum(["AwaitAccept", "Immediate"]).optional(),
    clientId: clientIdParam.optional(),
    /** Spot margin: lend the proceeds. */
    autoLend: z.boolean().optional(),
    /** Spot margin: take back what is lent, if needed. */
    autoLendRedeem: z.boolean().optional(),
    /** Spot margin: borrow, if needed. */
    autoBorrow: z.boolean().optional(),
    /** Spot margin: repay a borrow with the proceeds. */
    autoBorrowRepay: z.boolean().optional(),
  })
  .refine(({ quantity, quoteQuantity }) => (quantity === undefined) !== (quoteQuantity === undefined), {
    message: "expected exactly one of quantity and quoteQuantity",
  });
/** Parameters of `rest.rfq.submit`. */
export type SubmitRfqParams = z.infer<typeof submitRfqParams>;

/**
 * `POST /api/v1/rfq`, instruction `rfqSubmit`. Sent once, like an order.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/submit_rfq
 */
export const submit: Endpoint<SubmitRfqParams, RequestForQuote> = {
  method: "POST",
  path: "/api/v1/rfq",
  instruction: "rfqSubmit",
  params: submitRfqParams,
  answer: requestForQuote,
  lane: "trade",
};
