// GET /fapi/v3/leverageBracket: maintenance margin by size.

import { decimal, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { oneOrMore } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll } from "../../params.ts";

/** The brackets of a market. */
export const leverageBracketAnswer = z.object({
  symbol: z.string(),
  brackets: z.array(
    z.object({
      bracket: wholeNumber,
      initialLeverage: wholeNumber, // the most in this bracket
      notionalCap: decimal, // quote
      notionalFloor: decimal, // quote
      maintMarginRatio: decimal, // a fraction
      cum: decimal, // quote
    }),
  ),
});
/** The brackets of a market, by notional in quote. */
export type LeverageBracket = z.infer<typeof leverageBracketAnswer>;

/**
 * `GET /fapi/v3/leverageBracket`; always a list. Maintenance margin = notional × `maintMarginRatio` − `cum` of the bracket that holds
 * the notional.
 */
export const leverageBracket: AsterEndpoint<OfSymbolOrAll, LeverageBracket[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/leverageBracket",
  v1: "/fapi/v1/leverageBracket",
  v3: "/fapi/v3/leverageBracket",
  params: ofSymbolOrAll,
  answer: oneOrMore(leverageBracketAnswer),
  lane: "read",
  weight: 1,
};
