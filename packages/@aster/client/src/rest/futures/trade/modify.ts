// PUT /fapi/v3/order: another price and size for an order that rests.

import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { clientOrderIdParam, idParam, symbolParam } from "../../params.ts";

/** Which order, and what it shall be. */
export const modifyParams = z
  .strictObject({
    symbol: symbolParam,
    orderId: idParam.optional(),
    origClientOrderId: clientOrderIdParam.optional(),
    /** Base, all of the order and not what is left of it. */
    quantity: decimalParam,
    /** Quote per base. */
    price: decimalParam,
  })
  .refine(({ orderId, origClientOrderId }) => (orderId === undefined) !== (origClientOrderId === undefined), {
    message: "expected exactly one of orderId and origClientOrderId",
  });
/** Parameters of `rest.trade.modify`. */
export type ModifyParams = z.infer<typeof modifyParams>;

/**
 * `PUT /fapi/v3/order`: limit orders, agents (V3) only. The venue's table calls price and quantity optional and its text wants both: send
 * both. What is refused leaves the order as it was. Sent once, like an order.
 */
export const modify: AsterEndpoint<ModifyParams, FuturesOrder> = {
  service: "futures",
  security: "signed",
  method: "PUT",
  path: "/fapi/v3/order",
  v3: "/fapi/v3/order",
  params: modifyParams,
  answer: futuresOrder,
  lane: "trade",
  weight: 1,
  orders: 1,
};
