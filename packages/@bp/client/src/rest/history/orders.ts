// GET /wapi/v1/history/orders: past and present orders.
import * as z from "zod";
import { type PastOrder, pastOrder } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** Which orders: by id, market or kind of market, one page of at most 1000 rows. */
export const pastOrdersParams = z.strictObject({
  ...paging,
  orderId: z.string().min(1).optional(),
  strategyId: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  /** One kind of market: how several are signed is not documented. */
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.history.orders`. */
export type PastOrdersParams = z.infer<typeof pastOrdersParams>;

const pastOrdersAnswer = z.array(pastOrder);

/**
 * `GET /wapi/v1/history/orders`, instruction `orderHistoryQueryAll`, newest first. No filter by time or by client id; may lag behind
 * the live endpoints.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/get_order_history
 */
export const orders: Endpoint<PastOrdersParams, PastOrder[]> = {
  method: "GET",
  path: "/wapi/v1/history/orders",
  instruction: "orderHistoryQueryAll",
  params: pastOrdersParams,
  answer: pastOrdersAnswer,
  lane: "read",
};
