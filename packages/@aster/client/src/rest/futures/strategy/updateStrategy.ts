// POST /fapi/v3/updateStrategyOrder: changes orders of a strategy.
import * as z from "zod";
import { oneOrMore } from "../../../wire/shapes.ts";
import { type Strategy, strategy, strategyParam, subOrderFields } from "../../../wire/strategy.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { idParam } from "../../params.ts";

/** Which strategy, and what its orders shall be. */
export const updateStrategyParams = z
  .strictObject({
    strategyType: strategyParam,
    strategyId: idParam.optional(),
    clientStrategyId: z.string().min(1).optional(),
    subOrderList: z
      .array(z.strictObject(subOrderFields).partial().required({ strategySubId: true }))
      .min(1)
      .max(3),
  })
  .refine(({ strategyId, clientStrategyId }) => (strategyId === undefined) !== (clientStrategyId === undefined), {
    message: "expected exactly one of strategyId and clientStrategyId",
  });
/** Parameters of `rest.strategy.updateStrategy`. */
export type UpdateStrategyParams = z.infer<typeof updateStrategyParams>;

/**
 * `POST /fapi/v3/updateStrategyOrder`, agents (V3) only. Its parameters are taken from those of placing (doubtful: the reference at
 * hand shows the answer alone). One row a changed order.
 */
export const updateStrategy: AsterEndpoint<UpdateStrategyParams, Strategy[]> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/updateStrategyOrder",
  v3: "/fapi/v3/updateStrategyOrder",
  params: updateStrategyParams,
  answer: oneOrMore(strategy),
  lane: "trade",
  weight: 50,
};
