// DELETE /fapi/v3/order: takes an order back.
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type WhichOrder, whichOrder } from "../../params.ts";

/** What a cancel came to. `not-found`: nothing rests under that id any more, and it may have been **filled**. */
export type Cancelled =
  | { readonly outcome: "cancelled"; readonly order: FuturesOrder }
  | { readonly outcome: "not-found" };

/** `DELETE /fapi/v3/order`. Chase orders are taken back by it too. Uses the reserved share of the budget. */
export const cancel: AsterEndpoint<WhichOrder, Cancelled> = {
  service: "futures",
  security: "signed",
  method: "DELETE",
  path: "/fapi/v3/order",
  v1: "/fapi/v1/order",
  v3: "/fapi/v3/order",
  params: whichOrder,
  answer: futuresOrder.transform((order): Cancelled => ({ outcome: "cancelled", order })),
  lane: "cancel",
  weight: 1,
  instead: ({ code }) => (code === "-2011" || code === "-2013" ? { answer: { outcome: "not-found" } } : undefined),
};
