// POST /api/v1/borrowLend: borrows or lends.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** How much of what, and which way. */
export const borrowLendParams = z.strictObject({
  /** Asset. */
  symbol: z.string().min(1),
  /** `Borrow` takes, or takes back what was lent; `Lend` gives, or repays (unverified: the position is net). */
  side: z.enum(["Borrow", "Lend"]),
  /** Of the asset. */
  quantity: decimalParam,
});
/** Parameters of `rest.borrowLend.execute`. */
export type BorrowLendParams = z.infer<typeof borrowLendParams>;

/**
 * `POST /api/v1/borrowLend`, instruction `borrowLendExecute`. A good answer has no body. Sent once.
 *
 * unverified: to repay, `Lend`; to take back what is lent, `Borrow`.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend/operation/execute_borrow_lend
 */
export const execute: Endpoint<BorrowLendParams, undefined> = {
  method: "POST",
  path: "/api/v1/borrowLend",
  instruction: "borrowLendExecute",
  params: borrowLendParams,
  answer: z.undefined(),
  form: "empty",
  lane: "trade",
};
