// GET /api/v3/openOrder: one order, as long as it rests.
import { type SpotOrder, spotOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type WhichOrder, whichOrder } from "../../params.ts";

/** `GET /api/v3/openOrder`. `undefined`: it does not rest (-2013), and not why; `get` tells. */
export const openOrder: AsterEndpoint<WhichOrder, SpotOrder | undefined> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/openOrder",
  v1: "/api/v1/openOrder",
  v3: "/api/v3/openOrder",
  params: whichOrder,
  answer: spotOrder,
  lane: "read",
  weight: 1,
  instead: ({ code }) => (code === "-2013" ? { answer: undefined } : undefined),
};
