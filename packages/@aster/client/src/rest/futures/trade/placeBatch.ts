// POST /fapi/v3/batchOrders: up to five orders in one call.
import * as z from "zod";
import { type BatchResult, batchResult } from "../../../wire/batch.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { checkOrder, commonOrderFields } from "./orderParams.ts";

/** 1 to 5 orders. Without `closePosition`, pegs, `stpMode` and builders, which the batch does not know. */
export const placeBatchParams = z.strictObject({
  batchOrders: z.array(z.strictObject(commonOrderFields).superRefine(checkOrder)).min(1).max(5),
});
/** Parameters of `rest.trade.placeBatch`. */
export type PlaceBatchParams = z.infer<typeof placeBatchParams>;

/**
 * `POST /fapi/v3/batchOrders`: each order by itself, in no certain order of matching; the answers stand in the order of the request.
 * It counts as so many orders (doubtful: not stated). The list is compact JSON with double quotes, encoded: where the venue refuses
 * its signature (-1000, -1130), place the orders one by one, or try `signRawParams`.
 */
export const placeBatch: AsterEndpoint<PlaceBatchParams, BatchResult[]> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/batchOrders",
  v1: "/fapi/v1/batchOrders",
  v3: "/fapi/v3/batchOrders",
  params: placeBatchParams,
  answer: z.array(batchResult),
  lane: "trade",
  weight: 5,
  orders: ({ batchOrders }) => batchOrders.length,
  rows: ({ batchOrders }) => batchOrders.length,
};
