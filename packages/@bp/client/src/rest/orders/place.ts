// POST /api/v1/order: an order.

import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";
import { type Order, order } from "../../wire/order.ts";
import type { Endpoint } from "../endpoint.ts";

const reference = z.enum(["LastPrice", "MarkPrice", "IndexPrice"]);

/**
 * An order to be placed. Decimals are text and are signed as they stand here. Left out: `brokerId`, which is an option of the client and travels in a header.
 */
export const placeParams = z.strictObject({
  symbol: z.string().min(1),
  side: z.enum(["Bid", "Ask"]),
  orderType: z.enum(["Limit", "Market"]),
  /** Quote per base; limit orders, a multiple of the tick. */
  price: decimalParam.optional(),
  /** Base, a multiple of the step. Market orders: this or `quoteQuantity`. */
  quantity: decimalParam.optional(),
  /** Quote; market orders only: `Bid` spends up to it, `Ask` receives about it. */
  quoteQuantity: decimalParam.optional(),
  /** The venue's default is GTC. */
  timeInForce: z.enum(["GTC", "IOC", "FOK"]).optional(),
  /** Limit orders only; refused by the venue if it would take. */
  postOnly: z.boolean().optional(),
  /** Perpetuals only. */
  reduceOnly: z.boolean().optional(),
  /** Within one account; the venue's default is RejectTaker. */
  selfTradePrevention: z.enum(["RejectTaker", "RejectMaker", "RejectBoth"]).optional(),
  /** Our own number. Refused while another open order has it; never use one twice. */
  clientId: clientIdParam.optional(),
  triggerPrice: decimalParam.optional(),
  /** A number or a percentage such as `80%`; replaces `quantity` on a conditional order. */
  triggerQuantity: z.string().optional(),
  triggerBy: reference.optional(),
  takeProfitTriggerPrice: decimalParam.optional(),
  takeProfitTriggerBy: reference.optional(),
  takeProfitLimitPrice: decimalParam.optional(),
  stopLossTriggerPrice: decimalParam.optional(),
  stopLossTriggerBy: reference.optional(),
  stopLossLimitPrice: decimalParam.optional(),
  /** Spot margin: lend the proceeds. */
  autoLend: z.boolean().optional(),
  /** Spot margin: take back what is lent, if needed. */
  autoLendRedeem: z.boolean().optional(),
  autoBorrow: z.boolean().optional(),
  autoBorrowRepay: z.boolean().optional(),
  slippageTolerance: decimalParam.optional(),
  slippageToleranceType: z.enum(["TickSize", "Percent"]).optional(),
});
/** Parameters of `rest.orders.place`: `Bid` buys, `Ask` sells, decimals are text. */
export type PlaceParams = z.infer<typeof placeParams>;

/**
 * `POST /api/v1/order`, instruction `orderExecute`. The answer holds the result of the first match. It is sent once: no answer,
 * a 5xx and an unreadable answer are `venue/unknown-outcome` or `transport/*` with `retry: "unknown"`, and the order may stand.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/execute_order
 */
export const place: Endpoint<PlaceParams, Order> = {
  method: "POST",
  path: "/api/v1/order",
  instruction: "orderExecute",
  params: placeParams,
  answer: order,
  lane: "trade",
  broker: true,
};
