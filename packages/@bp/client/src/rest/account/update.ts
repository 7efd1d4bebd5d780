// PATCH /api/v1/account: changes settings of the account.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** What is to change; what is left out stays. */
export const updateAccountParams = z.strictObject({
  autoBorrowSettlements: z.boolean().optional(),
  autoLend: z.boolean().optional(),
  autoRepayBorrows: z.boolean().optional(),
  /** Times, for the whole account. */
  leverageLimit: decimalParam.optional(),
});
/** Parameters of `rest.account.update`. */
export type UpdateAccountParams = z.infer<typeof updateAccountParams>;

/**
 * `PATCH /api/v1/account`, instruction `accountUpdate`. A good answer has no body. `autoRealizePnl` cannot be set here.
 *
 * The leverage is **one number for the whole account**, not one a market.
 *
 * @see https://docs.backpack.exchange/#tag/Account/operation/update_account_settings
 */
export const update: Endpoint<UpdateAccountParams, undefined> = {
  method: "PATCH",
  path: "/api/v1/account",
  instruction: "accountUpdate",
  params: updateAccountParams,
  answer: z.undefined(),
  form: "empty",
  lane: "trade",
};
