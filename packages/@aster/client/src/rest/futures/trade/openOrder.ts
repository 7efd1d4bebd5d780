// GET /fapi/v3/openOrder: one order, as long as it rests.
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type WhichOrder, whichOrder } from "../../params.ts";

/** `GET /fapi/v3/openOrder`. `undefined`: it does not rest (-2013), and not why; `get` tells. */
export const openOrder: AsterEndpoint<WhichOrder, FuturesOrder | undefined> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/openOrder",
  v1: "/fapi/v1/openOrder",
  v3: "/fapi/v3/openOrder",
  params: whichOrder,
  answer: futuresOrder,
  lane: "read",
  weight: 1,
  instead: ({ code }) => (code === "-2013" ? { answer: undefined } : undefined),
};
