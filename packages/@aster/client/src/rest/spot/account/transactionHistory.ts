// GET /api/v3/transactionHistory: what the balances were made of.

import { decimal, id, idOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { orNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period } from "../../params.ts";

/** A change of a balance. */
export const transactionAnswer = z.object({
  tranId: id, // beyond 2^53
  tradeId: idOrNull,
  asset: z.string(),
  symbol: orNull(z.string()), // empty where no market is meant
  balanceDelta: decimal, // of `asset`, below 0 for what went out
  balanceInfo: orNull(z.string()),
  time: wholeNumber, // ms
  type: z.string(), // TRADE_TARGET, TRANSFER_SPOT_TO_FUTURE, AIRDROP …: an open list
});
/** A change of a balance: `balanceDelta` of `asset`, below 0 for what went out. */
export type Transaction = z.infer<typeof transactionAnswer>;

/** Which changes: times are ms, 100 rows if no limit is named. */
export const transactionHistoryParams = z.strictObject({
  asset: z.string().min(1).optional(),
  type: z.string().min(1).optional(),
  ...period,
  limit: limitParam(1000),
});
/** Parameters of `rest.account.transactionHistory`. */
export type TransactionHistoryParams = z.infer<typeof transactionHistoryParams>;

/**
 * `GET /api/v3/transactionHistory`, oldest first; the last 7 days if no time is named. `tranId` is beyond 2^53: it is kept as text,
 * digit for digit.
 */
export const transactionHistory: AsterEndpoint<TransactionHistoryParams, Transaction[]> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/transactionHistory",
  v1: "/api/v1/transactionHistory",
  v3: "/api/v3/transactionHistory",
  params: transactionHistoryParams,
  answer: z.array(transactionAnswer),
  lane: "read",
  weight: 30,
};
