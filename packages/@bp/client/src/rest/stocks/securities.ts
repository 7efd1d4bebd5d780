// GET /api/v1/securities: stocks and their sizes in each session.
import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A stock. */
export const securityAnswer = z.object({
  asset: z.string(), // `AAPL.US`
  name: z.string().nullish(),
  cusip: z.string().nullish(),
  sessions: z.array(
    z.object({
      name: z.string(), // of a session
      minQuantity: decimalOrNull, // shares
      maxQuantity: decimalOrNull, // shares; null: none
      stepSize: decimalOrNull, // shares
    }),
  ),
});
/** A stock and its sizes in each session. */
export type Security = z.infer<typeof securityAnswer>;
const securitiesAnswer = z.array(securityAnswer);

/**
 * `GET /api/v1/securities`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_securities
 */
export const securities: Endpoint<undefined, Security[]> = {
  method: "GET",
  path: "/api/v1/securities",
  answer: securitiesAnswer,
  lane: "read",
};
