// GET /fapi/v3/adlQuantile: how near positions are to being reduced by the venue.
import * as z from "zod";
import { oneOrMore, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll } from "../../params.ts";

/** Places in the line. */
export const adlQuantileAnswer = z.object({
  symbol: z.string(),
  adlQuantile: z.object({ LONG: wholeOrNull, SHORT: wholeOrNull, BOTH: wholeOrNull, HEDGE: wholeOrNull }), // 0 to 4
});
/** Places in the line of automatic deleveraging, 0 to 4. */
export type AdlQuantile = z.infer<typeof adlQuantileAnswer>;

/** `GET /fapi/v3/adlQuantile`; always a list. 0 far, 4 first in line; told anew every 30 s. */
export const adlQuantile: AsterEndpoint<OfSymbolOrAll, AdlQuantile[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/adlQuantile",
  v1: "/fapi/v1/adlQuantile",
  v3: "/fapi/v3/adlQuantile",
  params: ofSymbolOrAll,
  answer: oneOrMore(adlQuantileAnswer),
  lane: "read",
  weight: 5,
};
