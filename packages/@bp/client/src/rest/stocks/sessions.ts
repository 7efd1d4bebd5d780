// GET /api/v1/market-sessions: when stocks trade.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Hours of a week. If the end lies before the start, it wraps around the week. */
export const marketSessionAnswer = z.object({
  name: z.string(), // `US_MARKET_HOURS`
  description: z.string().nullish(),
  startTime: z.string(), // `09:30:00`, in `timezone`
  endTime: z.string(),
  timezone: z.string(), // `America/New_York`
  startWeekday: z.number(), // 1 to 7, Monday is 1
  endWeekday: z.number(),
});
/** When a kind of stocks trades. */
export type MarketSession = z.infer<typeof marketSessionAnswer>;
const marketSessionsAnswer = z.array(marketSessionAnswer);

/**
 * `GET /api/v1/market-sessions`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_market_sessions
 */
export const sessions: Endpoint<undefined, MarketSession[]> = {
  method: "GET",
  path: "/api/v1/market-sessions",
  answer: marketSessionsAnswer,
  lane: "read",
};
