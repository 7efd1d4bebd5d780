// DELETE /fapi/v3/batchOrders: takes up to ten orders back.
import * as z from "zod";
import { type BatchResult, batchResult } from "../../../wire/batch.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { clientOrderIdParam, idParam, symbolParam } from "../../params.ts";

/** 1 to 10 orders of one market, by the venue's ids or by ours, never both. */
export const cancelBatchParams = z
  .strictObject({
    symbol: symbolParam,
    orderIdList: z.array(idParam).min(1).max(10).optional(),
    origClientOrderIdList: z.array(clientOrderIdParam).min(1).max(10).optional(),
  })
  .refine(
    ({ orderIdList, origClientOrderIdList }) => (orderIdList === undefined) !== (origClientOrderIdList === undefined),
    {
      message: "expected exactly one of orderIdList and origClientOrderIdList",
    },
  );
/** Parameters of `rest.trade.cancelBatch`. */
export type CancelBatchParams = z.infer<typeof cancelBatchParams>;

/**
 * `DELETE /fapi/v3/batchOrders`: the fate of each in the order of the request; -2011 means that nothing rests under that id. Uses the
 * reserved share of the budget.
 */
export const cancelBatch: AsterEndpoint<CancelBatchParams, BatchResult[]> = {
  service: "futures",
  security: "signed",
  method: "DELETE",
  path: "/fapi/v3/batchOrders",
  v1: "/fapi/v1/batchOrders",
  v3: "/fapi/v3/batchOrders",
  params: cancelBatchParams,
  answer: z.array(batchResult),
  lane: "cancel",
  weight: 1,
  rows: ({ orderIdList, origClientOrderIdList }) => (orderIdList ?? origClientOrderIdList ?? []).length,
};
