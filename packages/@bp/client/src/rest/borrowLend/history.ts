// GET /api/v1/borrowLend/markets/history: what lending rates were.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A moment of the past. Rates and utilization are fractions, quantities are in the asset. */
export const borrowLendHistoryAnswer = z.object({
  borrowInterestRate: decimal, // fraction; unverified: a year
  lendInterestRate: decimal, // fraction; unverified: a year
  borrowedQuantity: decimalOrNull,
  lentQuantity: decimalOrNull,
  utilization: decimalOrNull,
  timestamp: z.string(), // RFC 3339 with a zone
});
/** Rates of lending at one moment of the past. */
export type BorrowLendHistory = z.infer<typeof borrowLendHistoryAnswer>;
const borrowLendHistoriesAnswer = z.array(borrowLendHistoryAnswer);

/** How far back, and which asset. */
export const borrowLendHistoryParams = z.strictObject({
  interval: z.enum(["1d", "1w", "1month", "1year"]),
  /** Asset. */
  symbol: z.string().min(1).optional(),
});
/** Parameters of `rest.borrowLend.history`. */
export type BorrowLendHistoryParams = z.infer<typeof borrowLendHistoryParams>;

/**
 * `GET /api/v1/borrowLend/markets/history`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend-Markets/operation/get_borrow_lend_markets_history
 */
export const history: Endpoint<BorrowLendHistoryParams, BorrowLendHistory[]> = {
  method: "GET",
  path: "/api/v1/borrowLend/markets/history",
  params: borrowLendHistoryParams,
  answer: borrowLendHistoriesAnswer,
  lane: "read",
};
