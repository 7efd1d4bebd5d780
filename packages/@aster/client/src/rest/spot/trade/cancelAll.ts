// DELETE /api/v3/allOpenOrders: takes back everything that rests on one market, or a list of orders.
import * as z from "zod";
import { type Done, done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { clientOrderIdParam, idParam, symbolParam } from "../../params.ts";

/** A market; or some of its orders, by the venue's ids or by ours. */
export const cancelAllParams = z
  .strictObject({
    symbol: symbolParam,
    orderIdList: z.array(idParam).min(1).optional(),
    origClientOrderIdList: z.array(clientOrderIdParam).min(1).optional(),
  })
  .refine(
    ({ orderIdList, origClientOrderIdList }) => orderIdList === undefined || origClientOrderIdList === undefined,
    {
      message: "expected at most one of orderIdList and origClientOrderIdList",
    },
  );
/** Parameters of `rest.trade.cancelAll`. */
export type CancelAllParams = z.infer<typeof cancelAllParams>;

/**
 * `DELETE /api/v3/allOpenOrders`: one market a call. With a list of ids it is the batch cancel of spot, which does not say what became
 * of each order. Uses the reserved share of the budget.
 */
export const cancelAll: AsterEndpoint<CancelAllParams, Done> = {
  service: "spot",
  security: "signed",
  method: "DELETE",
  path: "/api/v3/allOpenOrders",
  v1: "/api/v1/allOpenOrders",
  v3: "/api/v3/allOpenOrders",
  params: cancelAllParams,
  answer: done,
  lane: "cancel",
  weight: 1,
};
