// GET /api/v1/account/limits/borrow: how much can be borrowed.
import { decimal } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** How much of an asset can be borrowed. */
export const maxBorrowAnswer = z.object({
  symbol: z.string().nullish(), // an asset
  maxBorrowQuantity: decimal, // of the asset
});
/** How much of an asset can be borrowed now, in the asset. */
export type MaxBorrow = z.infer<typeof maxBorrowAnswer>;

/** Which asset, `USDC`. */
export const maxBorrowParams = z.strictObject({
  symbol: z.string().min(1),
});
/** Parameters of `rest.account.maxBorrow`. */
export type MaxBorrowParams = z.infer<typeof maxBorrowParams>;

/**
 * `GET /api/v1/account/limits/borrow`, instruction `maxBorrowQuantity`.
 *
 * @see https://docs.backpack.exchange/#tag/Account/operation/get_max_borrow_quantity
 */
export const maxBorrow: Endpoint<MaxBorrowParams, MaxBorrow> = {
  method: "GET",
  path: "/api/v1/account/limits/borrow",
  instruction: "maxBorrowQuantity",
  params: maxBorrowParams,
  answer: maxBorrowAnswer,
  lane: "read",
};
