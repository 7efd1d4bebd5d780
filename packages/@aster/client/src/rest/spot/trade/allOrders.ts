// GET /api/v3/allOrders: orders of the past.
import * as z from "zod";
import { type SpotOrder, spotOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { idParam, limitParam, period, symbolParam } from "../../params.ts";

/** Which orders: times are ms, 500 rows if no limit is named. */
export const allOrdersParams = z.strictObject({
  symbol: symbolParam,
  orderId: idParam.optional(),
  ...period,
  limit: limitParam(1000),
});
/** Parameters of `rest.trade.allOrders`. */
export type AllOrdersParams = z.infer<typeof allOrdersParams>;

/**
 * `GET /api/v3/allOrders`, oldest first: the last 7 days, between two times less than 7 days. Older orders are gone, filled ones too.
 */
export const allOrders: AsterEndpoint<AllOrdersParams, SpotOrder[]> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/allOrders",
  v1: "/api/v1/allOrders",
  v3: "/api/v3/allOrders",
  params: allOrdersParams,
  answer: z.array(spotOrder),
  lane: "read",
  weight: 5,
};
