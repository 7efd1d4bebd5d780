// GET /wapi/v1/history/dust: small rests that became USDC.
import { decimal, id } from "@bp/adapter";
import * as z from "zod";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A conversion. */
export const dustAnswer = z.object({
  id,
  symbol: z.string(), // asset given
  quantity: decimal, // of it
  usdcReceived: decimal, // USDC
  timestamp: utcText, // UTC, no zone
});
/** A small rest of an asset that became USDC. */
export type DustConversion = z.infer<typeof dustAnswer>;
const dustsAnswer = z.array(dustAnswer);

/** Which conversions, one page of at most 1000 rows. */
export const dustParams = z.strictObject({
  ...paging,
  id: z.string().regex(/^\d+$/, "expected digits").optional(),
  /** Asset. */
  symbol: z.string().min(1).optional(),
});
/** Parameters of `rest.history.dust`. */
export type DustParams = z.infer<typeof dustParams>;

/**
 * `GET /wapi/v1/history/dust`, instruction `dustHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_dust_history
 */
export const dust: Endpoint<DustParams, DustConversion[]> = {
  method: "GET",
  path: "/wapi/v1/history/dust",
  instruction: "dustHistoryQueryAll",
  params: dustParams,
  answer: dustsAnswer,
  lane: "read",
};
