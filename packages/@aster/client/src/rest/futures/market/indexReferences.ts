// GET /fapi/v3/indexreferences: what an index price is made of.

import { decimal } from "@bp/adapter";
import * as z from "zod";
import { wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbol, ofSymbol } from "../../params.ts";

/** Exchanges and their weights. */
export const indexReferencesAnswer = z.object({
  symbol: z.string(),
  time: wholeOrNull, // ms
  references: z.array(z.object({ exchange: z.string(), symbol: z.string(), weight: decimal })), // a fraction
});
/** The exchanges behind an index price, with their weights. */
export type IndexReferences = z.infer<typeof indexReferencesAnswer>;

/** `GET /fapi/v3/indexreferences`, public; V3 only. A market that it does not know is refused with -1000. */
export const indexReferences: AsterEndpoint<OfSymbol, IndexReferences> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/indexreferences",
  v3: "/fapi/v3/indexreferences",
  params: ofSymbol,
  answer: indexReferencesAnswer,
  lane: "read",
  weight: 1,
};
