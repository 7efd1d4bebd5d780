// GET /wapi/v1/history/borrowLend: what was borrowed, lent and given back.
import { decimal, decimalOrNull, id, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** One movement of a loan, in the asset. */
export const borrowLendMovementAnswer = z.object({
  eventType: open<"Borrow" | "BorrowRepay" | "Lend" | "LendRedeem">(),
  positionId: id,
  positionQuantity: decimalOrNull, // of the position after it
  quantity: decimal,
  source: open<
    | "AdlProvider"
    | "AutoBorrowRepay"
    | "AutoLend"
    | "BackstopProvider"
    | "DustConversion"
    | "Interest"
    | "Liquidation"
    | "LiquidationAdl"
    | "LiquidationBackstop"
    | "Manual"
    | "Reconciliation"
    | "Rfq"
    | "SpotMargin"
    | "Withdrawal"
  >(),
  symbol: z.string(), // an asset
  timestamp: utcText, // UTC, no zone
  spotMarginOrderId: idOrNull, // the order that made it
});
/** A movement of a loan, in the asset. */
export type BorrowLendMovement = z.infer<typeof borrowLendMovementAnswer>;
const borrowLendMovementsAnswer = z.array(borrowLendMovementAnswer);

/** Which movements, one page of at most 1000 rows. */
export const borrowLendMovementsParams = z.strictObject({
  ...paging,
  type: z.enum(["Borrow", "BorrowRepay", "Lend", "LendRedeem"]).optional(),
  /** One source. The venue takes several with commas; unverified how those are signed, so commas are refused. */
  sources: z.string().regex(/^\w+$/, "expected one source").optional(),
  positionId: z.string().min(1).optional(),
  /** Asset. */
  symbol: z.string().min(1).optional(),
});
/** Parameters of `rest.history.borrowLend`. */
export type BorrowLendMovementsParams = z.infer<typeof borrowLendMovementsParams>;

/**
 * `GET /wapi/v1/history/borrowLend`, instruction `borrowHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend/operation/get_borrow_lend_history
 */
export const borrowLend: Endpoint<BorrowLendMovementsParams, BorrowLendMovement[]> = {
  method: "GET",
  path: "/wapi/v1/history/borrowLend",
  instruction: "borrowHistoryQueryAll",
  params: borrowLendMovementsParams,
  answer: borrowLendMovementsAnswer,
  lane: "read",
};
