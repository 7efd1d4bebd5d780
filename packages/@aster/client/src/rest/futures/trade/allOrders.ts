// GET /fapi/v3/allOrders: orders of the past.
import * as z from "zod";
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
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
 * `GET /fapi/v3/allOrders`, oldest first: the last 7 days if no time is named; between two times less than 7 days. With `orderId`: that one and
 * later ones.
 */
export const allOrders: AsterEndpoint<AllOrdersParams, FuturesOrder[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/allOrders",
  v1: "/fapi/v1/allOrders",
  v3: "/fapi/v3/allOrders",
  params: allOrdersParams,
  answer: z.array(futuresOrder),
  lane: "read",
  weight: 5,
};
