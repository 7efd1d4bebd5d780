// GET /wapi/v1/history/borrowLend/positions: loans as they were.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A loan, given or taken, in the asset. */
export const pastBorrowLendPositionAnswer = z.object({
  positionId: id,
  quantity: decimal,
  symbol: z.string(), // an asset
  source: z.string().nullish(), // as in the movements
  cumulativeInterest: decimalOrNull, // of the asset
  avgInterestRate: decimalOrNull, // fraction; unverified: a year
  side: open<"Borrow" | "Lend">(),
  createdAt: utcText, // UTC, no zone
});
/** A loan as the history tells it. */
export type PastBorrowLendPosition = z.infer<typeof pastBorrowLendPositionAnswer>;
const pastBorrowLendPositionsAnswer = z.array(pastBorrowLendPositionAnswer);

/** Which loans, one page of at most 1000 rows. */
export const pastBorrowLendPositionsParams = z.strictObject({
  ...paging,
  /** Asset. */
  symbol: z.string().min(1).optional(),
  side: z.enum(["Borrow", "Lend"]).optional(),
  state: z.enum(["Open", "Closed"]).optional(),
});
/** Parameters of `rest.history.borrowLendPositions`. */
export type PastBorrowLendPositionsParams = z.infer<typeof pastBorrowLendPositionsParams>;

/**
 * `GET /wapi/v1/history/borrowLend/positions`, instruction `borrowPositionHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend/operation/get_borrow_lend_position_history
 */
export const borrowLendPositions: Endpoint<PastBorrowLendPositionsParams, PastBorrowLendPosition[]> = {
  method: "GET",
  path: "/wapi/v1/history/borrowLend/positions",
  instruction: "borrowPositionHistoryQueryAll",
  params: pastBorrowLendPositionsParams,
  answer: pastBorrowLendPositionsAnswer,
  lane: "read",
};
