// DELETE /fapi/v3/allOpenOrders: takes back everything that rests on one market.
import { type Done, done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbol, ofSymbol } from "../../params.ts";

/**
 * `DELETE /fapi/v3/allOpenOrders`: one market a call, there is none for all of them. Takes the orders of everybody who trades on this account.
 * Uses the reserved share of the budget.
 */
export const cancelAll: AsterEndpoint<OfSymbol, Done> = {
  service: "futures",
  security: "signed",
  method: "DELETE",
  path: "/fapi/v3/allOpenOrders",
  v1: "/fapi/v1/allOpenOrders",
  v3: "/fapi/v3/allOpenOrders",
  params: ofSymbol,
  answer: done,
  lane: "cancel",
  weight: 1,
};
