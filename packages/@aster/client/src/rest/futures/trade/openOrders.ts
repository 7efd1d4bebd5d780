// GET /fapi/v3/openOrders: everything that rests.
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import { oneOrMore } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll, oneOr } from "../../params.ts";

/** `GET /fapi/v3/openOrders`: of one market (1), or of all (40). Conditional orders that wait are among them. */
export const openOrders: AsterEndpoint<OfSymbolOrAll, FuturesOrder[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/openOrders",
  v1: "/fapi/v1/openOrders",
  v3: "/fapi/v3/openOrders",
  params: ofSymbolOrAll,
  answer: oneOrMore(futuresOrder),
  lane: "read",
  weight: oneOr(40),
};
