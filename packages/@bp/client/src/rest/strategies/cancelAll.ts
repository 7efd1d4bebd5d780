// DELETE /api/v1/strategies: stops every strategy of a market.
import * as z from "zod";
import { type Strategy, strategy } from "../../wire/strategy.ts";
import type { Endpoint } from "../endpoint.ts";

/** `pending`: taken, not done yet; read the open strategies to see it happen. */
export type CancelledStrategies =
  | { readonly outcome: "cancelled"; readonly strategies: readonly Strategy[] }
  | { readonly outcome: "pending" };

/** Which strategies: all of one market. */
export const cancelStrategiesParams = z.strictObject({
  symbol: z.string().min(1),
  strategyType: z.literal("Scheduled").optional(),
});
/** Parameters of `rest.strategies.cancelAll`. */
export type CancelStrategiesParams = z.infer<typeof cancelStrategiesParams>;

/**
 * `DELETE /api/v1/strategies`, instruction `strategyCancelAll`. One market a call. Uses the reserved share of the budget.
 *
 * @see https://docs.backpack.exchange/#tag/Strategy/operation/cancel_open_strategies
 */
export const cancelAll: Endpoint<CancelStrategiesParams, CancelledStrategies> = {
  method: "DELETE",
  path: "/api/v1/strategies",
  instruction: "strategyCancelAll",
  params: cancelStrategiesParams,
  answer: z.array(strategy).transform((strategies): CancelledStrategies => ({ outcome: "cancelled", strategies })),
  lane: "cancel",
  instead: ({ status, code }) => {
    if (status === 202) return { answer: { outcome: "pending" } };
    return code === "RESOURCE_NOT_FOUND" ? { answer: { outcome: "cancelled", strategies: [] } } : undefined;
  },
};
