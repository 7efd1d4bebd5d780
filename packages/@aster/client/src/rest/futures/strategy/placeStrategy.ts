// POST /fapi/v3/placeStrategyOrder: orders of which one drives another.

import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { type Strategy, strategy, strategyParam, subOrderFields } from "../../../wire/strategy.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** OTO and OCO have two orders, OTOCO three. */
export const placeStrategyParams = z
  .strictObject({
    strategyType: strategyParam,
    subOrderList: z.array(z.strictObject(subOrderFields)).min(2).max(3),
    clientStrategyId: z.string().min(1).optional(),
    /** Address of somebody who gets an extra fee. Never filled in by this package. */
    builder: z.string().min(1).optional(),
    feeRate: decimalParam.optional(),
  })
  .refine(({ strategyType, subOrderList }) => subOrderList.length === (strategyType === "OTOCO" ? 3 : 2), {
    path: ["subOrderList"],
    message: "expected two orders, or three for OTOCO",
  });
/** Parameters of `rest.strategy.placeStrategy`. */
export type PlaceStrategyParams = z.infer<typeof placeStrategyParams>;

/**
 * `POST /fapi/v3/placeStrategyOrder`, agents (V3) only. New and thinly documented; doubtful in practice. Sent once, like an order. It
 * is counted as so many orders (not stated).
 */
export const placeStrategy: AsterEndpoint<PlaceStrategyParams, Strategy> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/placeStrategyOrder",
  v3: "/fapi/v3/placeStrategyOrder",
  params: placeStrategyParams,
  answer: strategy,
  lane: "trade",
  weight: 50,
  orders: ({ subOrderList }) => subOrderList.length,
};
