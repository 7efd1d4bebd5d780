// GET /api/v1/orders: everything that rests.
import * as z from "zod";
import { type Order, order } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";

/** Which orders: of one market, one kind of market, or all. */
export const openParams = z.strictObject({
  symbol: z.string().min(1).optional(),
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.orders.open`. */
export type OpenParams = z.infer<typeof openParams>;

const openAnswer = z.array(order);

/**
 * `GET /api/v1/orders`, instruction `orderQueryAll`: all open orders, waiting trigger orders among them; no pages.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/get_open_orders
 */
export const open: Endpoint<OpenParams, Order[]> = {
  method: "GET",
  path: "/api/v1/orders",
  instruction: "orderQueryAll",
  params: openParams,
  answer: openAnswer,
  lane: "read",
};
