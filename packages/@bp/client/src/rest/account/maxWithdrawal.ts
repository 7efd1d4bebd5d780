// GET /api/v1/account/limits/withdrawal: how much can be withdrawn.
import { decimal } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** How much can be withdrawn; the rest repeats the question. */
export const maxWithdrawalAnswer = z.object({
  maxWithdrawalQuantity: decimal, // of the asset
  symbol: z.string().nullish(), // an asset
  autoBorrow: z.boolean().nullish(),
  autoLendRedeem: z.boolean().nullish(),
});
/** How much of an asset can be withdrawn now, in the asset. */
export type MaxWithdrawal = z.infer<typeof maxWithdrawalAnswer>;

/** Which asset, and what may be done for it. */
export const maxWithdrawalParams = z.strictObject({
  symbol: z.string().min(1),
  autoBorrow: z.boolean().optional(),
  autoLendRedeem: z.boolean().optional(),
});
/** Parameters of `rest.account.maxWithdrawal`. */
export type MaxWithdrawalParams = z.infer<typeof maxWithdrawalParams>;

/**
 * `GET /api/v1/account/limits/withdrawal`, instruction `maxWithdrawalQuantity`. It only reads.
 *
 * @see https://docs.backpack.exchange/#tag/Account/operation/get_max_withdrawal_quantity
 */
export const maxWithdrawal: Endpoint<MaxWithdrawalParams, MaxWithdrawal> = {
  method: "GET",
  path: "/api/v1/account/limits/withdrawal",
  instruction: "maxWithdrawalQuantity",
  params: maxWithdrawalParams,
  answer: maxWithdrawalAnswer,
  lane: "read",
};
