// GET /fapi/v3/mmp: market maker protection as it is.

import { decimalOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { oneOrMore } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll } from "../../params.ts";

/** Protection of a market. */
export const mmpAnswer = z.object({
  symbol: z.string(),
  windowTimeInMilliseconds: wholeNumber,
  frozenTimeInMilliseconds: wholeNumber,
  qtyLimit: decimalOrNull, // base
  valueLimit: decimalOrNull, // quote
  deltaLimit: decimalOrNull, // base
});
/** Protection of a market. */
export type Mmp = z.infer<typeof mmpAnswer>;

/** `GET /fapi/v3/mmp`, agents (V3) only; always a list. */
export const mmp: AsterEndpoint<OfSymbolOrAll, Mmp[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/mmp",
  v3: "/fapi/v3/mmp",
  params: ofSymbolOrAll,
  answer: oneOrMore(mmpAnswer),
  lane: "read",
  weight: 1,
};
