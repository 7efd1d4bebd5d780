// GET /api/v1/account: settings, limits and fees.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Fees are in **basis points**; negative is a rebate: `2` is 0.02 %. */
export const accountAnswer = z.object({
  autoBorrowSettlements: z.boolean().nullish(),
  autoLend: z.boolean().nullish(),
  autoRealizePnl: z.boolean().nullish(),
  autoRepayBorrows: z.boolean().nullish(),
  liquidating: z.boolean().nullish(),
  borrowLimit: decimalOrNull,
  leverageLimit: decimalOrNull, // one number for the whole account
  positionLimit: decimalOrNull,
  limitOrders: z.number().nullish(), // how many are open
  triggerOrders: z.number().nullish(),
  futuresMakerFee: decimal,
  futuresTakerFee: decimal,
  spotMakerFee: decimal,
  spotTakerFee: decimal,
});
/** Settings, limits and fees (basis points) of the account. */
export type Account = z.infer<typeof accountAnswer>;

/**
 * `GET /api/v1/account`, instruction `accountQuery`.
 *
 * @see https://docs.backpack.exchange/#tag/Account/operation/get_account
 */
export const get: Endpoint<undefined, Account> = {
  method: "GET",
  path: "/api/v1/account",
  instruction: "accountQuery",
  answer: accountAnswer,
  lane: "read",
};
