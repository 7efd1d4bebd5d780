// GET /fapi/v3/fundingInfo: how often funding is settled, and its bounds.

import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { oneOrMore, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll } from "../../params.ts";

/** Funding rules of a market. */
export const fundingInfoAnswer = z.object({
  symbol: z.string(),
  interestRate: decimalOrNull, // of the interval, already scaled in the venue's example
  time: wholeOrNull, // ms
  fundingIntervalHours: wholeOrNull, // 1, 4, 8
  fundingFeeCap: decimalOrNull, // highest rate
  fundingFeeFloor: decimalOrNull, // lowest rate
});
/** Funding rules of a market: the interval in hours and the bounds of the rate. */
export type FundingInfo = z.infer<typeof fundingInfoAnswer>;

/** `GET /fapi/v3/fundingInfo`, public; always a list. */
export const fundingInfo: AsterEndpoint<OfSymbolOrAll, FundingInfo[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/fundingInfo",
  v1: "/fapi/v1/fundingInfo",
  v3: "/fapi/v3/fundingInfo",
  params: ofSymbolOrAll,
  answer: oneOrMore(fundingInfoAnswer),
  lane: "read",
  weight: 1,
};
