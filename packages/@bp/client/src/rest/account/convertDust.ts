// POST /api/v1/account/convertDust: small rests of assets become USDC.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Which asset; left out: every one whose balance is dust. */
export const convertDustParams = z.strictObject({
  symbol: z.string().min(1).optional(),
});
/** Parameters of `rest.account.convertDust`. */
export type ConvertDustParams = z.infer<typeof convertDustParams>;

/**
 * `POST /api/v1/account/convertDust`, instruction `convertDust`. A good answer has no body. A balance (what is lent counts too) must
 * be below the smallest quantity that spot trades.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/convert_dust
 */
export const convertDust: Endpoint<ConvertDustParams, undefined> = {
  method: "POST",
  path: "/api/v1/account/convertDust",
  instruction: "convertDust",
  params: convertDustParams,
  answer: z.undefined(),
  form: "empty",
  lane: "trade",
};
