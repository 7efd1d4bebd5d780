// GET /fapi/v3/strategyOpenOrder: a strategy that works.
import { oneOrMore } from "../../../wire/shapes.ts";
import {
  type StrategyWithOrders,
  strategyWithOrders,
  type WhichStrategy,
  whichStrategy,
} from "../../../wire/strategy.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `GET /fapi/v3/strategyOpenOrder`, agents (V3) only; always a list. The venue's list of changes names another path, `strategyOrder`:
 * tried where this one is not found.
 */
export const openStrategy: AsterEndpoint<WhichStrategy, StrategyWithOrders[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/strategyOpenOrder",
  v3: "/fapi/v3/strategyOpenOrder",
  params: whichStrategy,
  answer: oneOrMore(strategyWithOrders),
  lane: "read",
  weight: 5,
  elsewhere: "/fapi/v3/strategyOrder",
};
