// POST /api/v1/rfq/quote: answers a request with two prices.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";
import { type Quote, quoteAnswer } from "../../wire/rfq.ts";
import type { Endpoint } from "../endpoint.ts";

/** Two prices for a request. */
export const quoteParams = z.strictObject({
  rfqId: z.string().min(1),
  /** Quote per base. */
  bidPrice: decimalParam,
  /** Quote per base. */
  askPrice: decimalParam,
  clientId: clientIdParam.optional(),
  /** Spot margin: lend the proceeds. */
  autoLend: z.boolean().optional(),
  /** Spot margin: take back what is lent, if needed. */
  autoLendRedeem: z.boolean().optional(),
  /** Spot margin: borrow, if needed. */
  autoBorrow: z.boolean().optional(),
  /** Spot margin: repay a borrow with the proceeds. */
  autoBorrowRepay: z.boolean().optional(),
});
/** Parameters of `rest.rfq.quote`. */
export type QuoteParams = z.infer<typeof quoteParams>;

/**
 * `POST /api/v1/rfq/quote`, instruction `quoteSubmit`. Before the `submissionTime` of the request. Sent once, like an order.
 *
 * @see https://docs.backpack.exchange/#tag/RFQ/operation/submit_quote
 */
export const quote: Endpoint<QuoteParams, Quote> = {
  method: "POST",
  path: "/api/v1/rfq/quote",
  instruction: "quoteSubmit",
  params: quoteParams,
  answer: quoteAnswer,
  lane: "trade",
};
