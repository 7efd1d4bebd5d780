// GET /api/v1/account/limits/order: how large an order can be.
import { decimal, decimalOrNull, decimalParam } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** How large an order can be; the rest repeats the question. */
export const maxOrderAnswer = z.object({
  maxOrderQuantity: decimal, // base
  symbol: z.string().nullish(),
  side: z.string().nullish(),
  price: decimalOrNull, // quote per base
  reduceOnly: z.boolean().nullish(),
  autoBorrow: z.boolean().nullish(),
  autoBorrowRepay: z.boolean().nullish(),
  autoLendRedeem: z.boolean().nullish(),
});
/** How large an order of these terms can be now, base units. */
export type MaxOrder = z.infer<typeof maxOrderAnswer>;

/** The terms of the order. */
export const maxOrderParams = z.strictObject({
  symbol: z.string().min(1),
  side: z.enum(["Bid", "Ask"]),
  /** Quote per base; left out: a market order. */
  price: decimalParam.optional(),
  reduceOnly: z.boolean().optional(),
  autoBorrow: z.boolean().optional(),
  autoBorrowRepay: z.boolean().optional(),
  autoLendRedeem: z.boolean().optional(),
});
/** Parameters of `rest.account.maxOrder`. */
export type MaxOrderParams = z.infer<typeof maxOrderParams>;

/**
 * `GET /api/v1/account/limits/order`, instruction `maxOrderQuantity`.
 *
 * @see https://docs.backpack.exchange/#tag/Account/operation/get_max_order_quantity
 */
export const maxOrder: Endpoint<MaxOrderParams, MaxOrder> = {
  method: "GET",
  path: "/api/v1/account/limits/order",
  instruction: "maxOrderQuantity",
  params: maxOrderParams,
  answer: maxOrderAnswer,
  lane: "read",
};
