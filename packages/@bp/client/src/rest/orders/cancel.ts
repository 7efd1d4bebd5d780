// DELETE /api/v1/order: takes an order back.
import { type Order, order } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";
import { type WhichOrder, whichOrder } from "./which.ts";

/**
 * What a cancel came to. `pending`: the venue took the wish and has not acted yet; ask again. `not-found`: nothing rests under
 * that id any more, and it may have been **filled**.
 */
export type Cancelled =
  | { readonly outcome: "cancelled"; readonly order: Order }
  | { readonly outcome: "pending" }
  | { readonly outcome: "not-found" };

/**
 * `DELETE /api/v1/order`, instruction `orderCancel`; the parameters travel in a JSON body. Uses the reserved share of the budget.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/cancel_order
 */
export const cancel: Endpoint<WhichOrder, Cancelled> = {
  method: "DELETE",
  path: "/api/v1/order",
  instruction: "orderCancel",
  params: whichOrder,
  answer: order.transform((each): Cancelled => ({ outcome: "cancelled", order: each })),
  lane: "cancel",
  instead: ({ status, code }) => {
    if (status === 202) return { answer: { outcome: "pending" } };
    return code === "RESOURCE_NOT_FOUND" ? { answer: { outcome: "not-found" } } : undefined;
  },
};
