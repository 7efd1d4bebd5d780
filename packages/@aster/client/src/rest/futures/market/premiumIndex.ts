// GET /fapi/v3/premiumIndex: mark price, index price and funding.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { oneOrMore, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll } from "../../params.ts";

/** Mark, index and funding of a market. */
export const premiumIndexAnswer = z.object({
  symbol: z.string(),
  markPrice: decimal, // quote per base
  indexPrice: decimalOrNull,
  estimatedSettlePrice: decimalOrNull,
  lastFundingRate: decimalOrNull, // a fraction of the interval; "latest" or predicted, the sources differ: take it for an estimate
  interestRate: decimalOrNull,
  nextFundingTime: wholeOrNull, // ms; the only truth about when: intervals are 1, 4 or 8 hours and change
  time: wholeOrNull, // ms
});
/** Mark, index and funding of a market; `lastFundingRate` is an estimate of what `nextFundingTime` will bring. */
export type PremiumIndex = z.infer<typeof premiumIndexAnswer>;

/** `GET /fapi/v3/premiumIndex`, public: of one market or of all; always a list. */
export const premiumIndex: AsterEndpoint<OfSymbolOrAll, PremiumIndex[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/premiumIndex",
  v1: "/fapi/v1/premiumIndex",
  v3: "/fapi/v3/premiumIndex",
  params: ofSymbolOrAll,
  answer: oneOrMore(premiumIndexAnswer),
  lane: "read",
  weight: 1,
};
