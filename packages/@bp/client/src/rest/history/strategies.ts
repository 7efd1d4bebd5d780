// GET /wapi/v1/history/strategies: the venue's time-sliced orders of the past.
import * as z from "zod";
import { type PastStrategy, pastStrategy } from "../../wire/strategy.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

const pastStrategiesAnswer = z.array(pastStrategy);

/** Which strategies, one page of at most 1000 rows. */
export const pastStrategiesParams = z.strictObject({
  ...paging,
  strategyId: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  /** One kind of market. */
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.history.strategies`. */
export type PastStrategiesParams = z.infer<typeof pastStrategiesParams>;

/**
 * `GET /wapi/v1/history/strategies`, instruction `strategyHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Strategy/operation/get_strategies_history
 */
export const strategies: Endpoint<PastStrategiesParams, PastStrategy[]> = {
  method: "GET",
  path: "/wapi/v1/history/strategies",
  instruction: "strategyHistoryQueryAll",
  params: pastStrategiesParams,
  answer: pastStrategiesAnswer,
  lane: "read",
};
