// POST /api/v3/order: an order.

import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { type SpotOrder, spotOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { clientOrderIdParam, symbolParam } from "../../params.ts";

const fields = z.strictObject({
  symbol: symbolParam,
  side: z.enum(["BUY", "SELL"]),
  type: z.enum(["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET"]),
  /** `GTX` is post-only; HIDDEN only where exchangeInfo lists it. */
  timeInForce: z.enum(["GTC", "IOC", "FOK", "GTX", "HIDDEN"]).optional(),
  /** Base, a multiple of the step. */
  quantity: decimalParam.optional(),
  /** Quote: how much to spend by a market order that buys, instead of `quantity`. */
  quoteOrderQty: decimalParam.optional(),
  /** Quote per base, a multiple of the tick. */
  price: decimalParam.optional(),
  /** Our own id; always send one, and never the same twice: it is the only way to find an order whose answer was lost. */
  newClientOrderId: clientOrderIdParam.optional(),
  /** Quote per base. */
  stopPrice: decimalParam.optional(),
});

const needed: Readonly<Record<z.infer<typeof fields>["type"], readonly (keyof z.infer<typeof fields>)[]>> = {
  LIMIT: ["timeInForce", "quantity", "price"],
  MARKET: [],
  STOP: ["quantity", "price", "stopPrice"],
  STOP_MARKET: ["stopPrice"],
  TAKE_PROFIT: ["quantity", "price", "stopPrice"],
  TAKE_PROFIT_MARKET: ["stopPrice"],
};

/** An order to be placed. Decimals are text and are signed as they stand here. */
export const placeParams = fields.superRefine((order, context) => {
  const { type, quantity, quoteOrderQty } = order;
  const refuse = (key: keyof typeof order, message: string) =>
    context.addIssue({ code: "custom", path: [key], message });
  for (const key of needed[type]) if (order[key] === undefined) refuse(key, `${type} needs it`);
  if (needed[type].includes("quantity")) return;
  if ((quantity === undefined) === (quoteOrderQty === undefined))
    refuse("quantity", "expected exactly one of quantity and quoteOrderQty");
});
/** Parameters of `rest.trade.place`: decimals are text, sizes base, prices quote per base. */
export type PlaceParams = z.infer<typeof placeParams>;

/**
 * `POST /api/v3/order`. Sent once: no answer, a 5xx, -1001, -1006, -1007 and an unreadable answer are `venue/unknown-outcome` or
 * `transport/*` with `retry: "unknown"`, and the order may stand: ask for it by its `newClientOrderId`. Post-only is `timeInForce:
 * "GTX"`; never take NEW for resting. Fees of a purchase may be taken of what was bought: less than `executedQty` arrives.
 */
export const place: AsterEndpoint<PlaceParams, SpotOrder> = {
  service: "spot",
  security: "signed",
  method: "POST",
  path: "/api/v3/order",
  v1: "/api/v1/order",
  v3: "/api/v3/order",
  params: placeParams,
  answer: spotOrder,
  lane: "trade",
  weight: 1,
  orders: 1,
};
