// DELETE /api/v3/order: takes an order back.
import { type SpotOrder, spotOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type WhichOrder, whichOrder } from "../../params.ts";

/** What a cancel came to. `not-found`: nothing rests under that id any more, and it may have been **filled**. */
export type SpotCancelled =
  | { readonly outcome: "cancelled"; readonly order: SpotOrder }
  | { readonly outcome: "not-found" };

/** `DELETE /api/v3/order`. Uses the reserved share of the budget. */
export const cancel: AsterEndpoint<WhichOrder, SpotCancelled> = {
  service: "spot",
  security: "signed",
  method: "DELETE",
  path: "/api/v3/order",
  v1: "/api/v1/order",
  v3: "/api/v3/order",
  params: whichOrder,
  answer: spotOrder.transform((order): SpotCancelled => ({ outcome: "cancelled", order })),
  lane: "cancel",
  weight: 1,
  instead: ({ code }) => (code === "-2011" || code === "-2013" ? { answer: { outcome: "not-found" } } : undefined),
};
