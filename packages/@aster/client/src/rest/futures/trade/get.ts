// GET /fapi/v3/order: one order, whatever became of it.
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type WhichOrder, whichOrder } from "../../params.ts";

/**
 * `GET /fapi/v3/order`. `undefined`: the venue knows no such order (-2013). **After an unknown outcome that is not final**: the order
 * may still be on its way for 10 s (V3) or the window (V1); ask again after 0.5, 1, 2 and 5 s. Orders that ended without a fill
 * are forgotten after 7 days.
 */
export const get: AsterEndpoint<WhichOrder, FuturesOrder | undefined> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/order",
  v1: "/fapi/v1/order",
  v3: "/fapi/v3/order",
  params: whichOrder,
  answer: futuresOrder,
  lane: "read",
  weight: 1,
  instead: ({ code }) => (code === "-2013" ? { answer: undefined } : undefined),
};
