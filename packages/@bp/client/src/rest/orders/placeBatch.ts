// POST /api/v1/orders: several orders in one call.
import * as z from "zod";
import { order } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";
import { placeParams } from "./place.ts";

/** At most 20: the venue's notes say 50, its users 20. */
export const placeBatchParams = z.array(placeParams).min(1).max(20);
/** Parameters of `rest.orders.placeBatch`: 1 to 20 orders. */
export type PlaceBatchParams = z.infer<typeof placeBatchParams>;

/** The fate of one order of the batch, in the order of the request. */
export const placeBatchAnswer = z.array(
  z.discriminatedUnion("operation", [
    order.extend({ operation: z.literal("Ok") }),
    z.object({ operation: z.literal("Err"), code: z.string(), message: z.string().nullish() }),
  ]),
);
/** What became of each order, in the order of the request: `Ok` with the order, or `Err` with code and message. */
export type PlaceBatchAnswer = z.infer<typeof placeBatchAnswer>;

/**
 * `POST /api/v1/orders`, instruction `orderExecute`. Each element is executed by itself; a 4xx means that none was.
 * Sent once, like a single order.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/execute_order_batch
 */
export const placeBatch: Endpoint<PlaceBatchParams, PlaceBatchAnswer> = {
  method: "POST",
  path: "/api/v1/orders",
  instruction: "orderExecute",
  params: placeBatchParams,
  answer: placeBatchAnswer,
  lane: "trade",
  rows: (orders) => orders.length,
  broker: true,
};
