// GET /api/v3/openOrders: everything that rests.

import { type SpotOrder, spotOrder } from "../../../wire/order.ts";
import { oneOrMore } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll, oneOr } from "../../params.ts";

/** `GET /api/v3/openOrders`: of one market (1), or of all (40). */
export const openOrders: AsterEndpoint<OfSymbolOrAll, SpotOrder[]> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/openOrders",
  v1: "/api/v1/openOrders",
  v3: "/api/v3/openOrders",
  params: ofSymbolOrAll,
  answer: oneOrMore(spotOrder),
  lane: "read",
  weight: oneOr(40),
};
