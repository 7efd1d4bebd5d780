// Requests for quotes and the quotes for them: what live endpoints and histories have in common.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "./clientId.ts";
import * as words from "./enums.ts";
import { milliseconds } from "./time.ts";

/** Of a request, whoever tells it; only the times differ. */
export const rfqCommon = {
  rfqId: id,
  clientId: clientIdOrNull,
  symbol: z.string(), // `SOL_USDC_RFQ`
  side: words.side,
  price: decimalOrNull, // quote per base; `Immediate` only
  quantity: decimalOrNull, // base; this or the next
  quoteQuantity: decimalOrNull, // quote
  status: words.orderStatus,
  executionMode: words.open<"AwaitAccept" | "Immediate">().nullish(),
  systemOrderType: words.systemOrderType.nullish(), // set: the venue's own doing
};

/** Of a quote. */
export const quoteCommon = {
  rfqId: id,
  quoteId: id,
  clientId: clientIdOrNull,
  bidPrice: decimal, // quote per base
  askPrice: decimal,
  status: words.orderStatus,
};

/** A request for quotes as the live endpoints tell it. Quote before `submissionTime`; it lives until `expiryTime`. */
export const requestForQuote = z.object({
  ...rfqCommon,
  submissionTime: milliseconds, // ms
  expiryTime: milliseconds, // ms; a refresh moves it
  createdAt: milliseconds, // ms
});
/** A request for quotes: sizes base or quote, times ms. */
export type RequestForQuote = z.infer<typeof requestForQuote>;

/** A quote as the live endpoints tell it. */
export const quoteAnswer = z.object({
  ...quoteCommon,
  createdAt: milliseconds, // ms
});
/** A quote for a request: both prices, time ms. */
export type Quote = z.infer<typeof quoteAnswer>;
