// GET /api/v1/order: an order that rests.
import { type Order, order } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";
import { type WhichOrder, whichOrder } from "./which.ts";

/**
 * `GET /api/v1/order`, instruction `orderQuery`. **Only while it rests**: `undefined` says that it was filled, cancelled, has
 * expired or never arrived, and not which of them. Read the history for that.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/get_order
 */
export const get: Endpoint<WhichOrder, Order | undefined> = {
  method: "GET",
  path: "/api/v1/order",
  instruction: "orderQuery",
  params: whichOrder,
  answer: order,
  lane: "read",
  instead: ({ code }) => (code === "RESOURCE_NOT_FOUND" ? { answer: undefined } : undefined),
};
