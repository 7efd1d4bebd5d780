// GET /fapi/v3/strategyHistoryOrder: a strategy of the last 90 days.
import { oneOrMore } from "../../../wire/shapes.ts";
import {
  type StrategyWithOrders,
  strategyWithOrders,
  type WhichStrategy,
  whichStrategy,
} from "../../../wire/strategy.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `GET /fapi/v3/strategyHistoryOrder`, agents (V3) only; always a list. The venue's list of changes names another path,
 * `strategyOrder/history`: tried where this one is not found.
 */
export const strategyHistory: AsterEndpoint<WhichStrategy, StrategyWithOrders[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/strategyHistoryOrder",
  v3: "/fapi/v3/strategyHistoryOrder",
  params: whichStrategy,
  answer: oneOrMore(strategyWithOrders),
  lane: "read",
  weight: 5,
  elsewhere: "/fapi/v3/strategyOrder/history",
};
