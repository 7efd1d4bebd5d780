// DELETE /api/v1/strategy: stops a strategy.
import { type Strategy, strategy } from "../../wire/strategy.ts";
import type { Endpoint } from "../endpoint.ts";
import { type WhichStrategy, whichStrategy } from "./which.ts";

/**
 * What a cancel came to. `pending`: the venue took the wish and has not acted yet; ask again. `not-found`: nothing runs under that
 * id any more.
 */
export type CancelledStrategy =
  | { readonly outcome: "cancelled"; readonly strategy: Strategy }
  | { readonly outcome: "pending" }
  | { readonly outcome: "not-found" };

/**
 * `DELETE /api/v1/strategy`, instruction `strategyCancel`; the parameters travel in a JSON body. Uses the reserved share of the budget.
 *
 * unverified: whether the orders of it that still rest are cancelled with it; read the open orders.
 *
 * @see https://docs.backpack.exchange/#tag/Strategy/operation/cancel_strategy
 */
export const cancel: Endpoint<WhichStrategy, CancelledStrategy> = {
  method: "DELETE",
  path: "/api/v1/strategy",
  instruction: "strategyCancel",
  params: whichStrategy,
  answer: strategy.transform((each): CancelledStrategy => ({ outcome: "cancelled", strategy: each })),
  lane: "cancel",
  instead: ({ status, code }) => {
    if (status === 202) return { answer: { outcome: "pending" } };
    return code === "RESOURCE_NOT_FOUND" ? { answer: { outcome: "not-found" } } : undefined;
  },
};
