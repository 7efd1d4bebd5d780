// GET /api/v3/order: one order, whatever became of it.
import { type SpotOrder, spotOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type WhichOrder, whichOrder } from "../../params.ts";

/**
 * `GET /api/v3/order`. `undefined`: the venue knows no such order (-2013). **After an unknown outcome that is not final**: the order
 * may still be on its way for 10 s (V3) or the window (V1); ask again after 0.5, 1, 2 and 5 s.
 */
export const get: AsterEndpoint<WhichOrder, SpotOrder | undefined> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/order",
  v1: "/api/v1/order",
  v3: "/api/v3/order",
  params: whichOrder,
  answer: spotOrder,
  lane: "read",
  weight: 1,
  instead: ({ code }) => (code === "-2013" ? { answer: undefined } : undefined),
};
