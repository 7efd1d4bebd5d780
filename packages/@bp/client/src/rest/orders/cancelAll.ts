// DELETE /api/v1/orders: takes back every order of a market.
import * as z from "zod";
import { type Order, order } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";

/** Which orders: all of one market, or only those that rest, or only those that wait for a trigger. */
export const cancelAllParams = z.strictObject({
  symbol: z.string().min(1),
  orderType: z.enum(["RestingLimitOrder", "ConditionalOrder"]).optional(),
});
/** Parameters of `rest.orders.cancelAll`. */
export type CancelAllParams = z.infer<typeof cancelAllParams>;

/** `pending`: taken, not done yet; read the open orders to see it happen. */
export type CancelledAll =
  | { readonly outcome: "cancelled"; readonly orders: readonly Order[] }
  | { readonly outcome: "pending" };

/**
 * `DELETE /api/v1/orders`, instruction `orderCancelAll`. One market a call: there is no cancel across markets. Takes the orders of
 * everybody who trades on this account. Uses the reserved share of the budget.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/cancel_open_orders
 */
export const cancelAll: Endpoint<CancelAllParams, CancelledAll> = {
  method: "DELETE",
  path: "/api/v1/orders",
  instruction: "orderCancelAll",
  params: cancelAllParams,
  answer: z.array(order).transform((orders): CancelledAll => ({ outcome: "cancelled", orders })),
  lane: "cancel",
  instead: ({ status, code }) => {
    if (status === 202) return { answer: { outcome: "pending" } };
    return code === "RESOURCE_NOT_FOUND" ? { answer: { outcome: "cancelled", orders: [] } } : undefined;
  },
};
