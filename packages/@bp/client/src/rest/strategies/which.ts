// Which strategy is meant: by its id or by ours, never both.

import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";

/** One strategy of a market. */
export const whichStrategy = z
  .strictObject({
    symbol: z.string().min(1),
    strategyId: z.string().min(1).optional(),
    clientStrategyId: clientIdParam.optional(),
  })
  .refine(({ strategyId, clientStrategyId }) => (strategyId === undefined) !== (clientStrategyId === undefined), {
    message: "expected exactly one of strategyId and clientStrategyId",
  });
/** One strategy, by the venue's id or by our `clientStrategyId`, with its market. */
export type WhichStrategy = z.infer<typeof whichStrategy>;
