// GET /api/v1/strategies: every strategy that runs.
import * as z from "zod";
import { type Strategy, strategy } from "../../wire/strategy.ts";
import type { Endpoint } from "../endpoint.ts";

const strategiesAnswer = z.array(strategy);

/** Which strategies: of one market, one kind of market, one type, or all. */
export const openStrategiesParams = z.strictObject({
  symbol: z.string().min(1).optional(),
  /** One kind of market. */
  marketType: z.string().min(1).optional(),
  strategyType: z.literal("Scheduled").optional(),
});
/** Parameters of `rest.strategies.open`. */
export type OpenStrategiesParams = z.infer<typeof openStrategiesParams>;

/**
 * `GET /api/v1/strategies`, instruction `strategyQueryAll`; no pages.
 *
 * @see https://docs.backpack.exchange/#tag/Strategy/operation/get_open_strategies
 */
export const open: Endpoint<OpenStrategiesParams, Strategy[]> = {
  method: "GET",
  path: "/api/v1/strategies",
  instruction: "strategyQueryAll",
  params: openStrategiesParams,
  answer: strategiesAnswer,
  lane: "read",
};
