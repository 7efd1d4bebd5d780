// GET /api/v1/borrowLend/position/liquidationPrice: what a loan would do to the liquidation price.
import { decimal } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Prices after the loan, USDC. */
export const loanLiquidationAnswer = z.object({
  liquidationPrice: decimal, // `0`: none
  markPrice: decimal,
});
/** Where a loan would be liquidated, USDC. */
export type LoanLiquidation = z.infer<typeof loanLiquidationAnswer>;

/** The loan that is thought of. */
export const loanLiquidationParams = z.strictObject({
  /** Base64 of the JSON that `execute` would send. */
  borrow: z.string().min(1),
});
/** Parameters of `rest.borrowLend.liquidationPrice`. */
export type LoanLiquidationParams = z.infer<typeof loanLiquidationParams>;

/**
 * `GET /api/v1/borrowLend/position/liquidationPrice`, sent unsigned: no instruction is documented, it belongs to sessions of the website.
 *
 * unverified: whether it can be read with an API key at all; expect `venue/refused`.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend/operation/get_borrow_lend_estimated_liquidation_price
 */
export const liquidationPrice: Endpoint<LoanLiquidationParams, LoanLiquidation> = {
  method: "GET",
  path: "/api/v1/borrowLend/position/liquidationPrice",
  params: loanLiquidationParams,
  answer: loanLiquidationAnswer,
  lane: "read",
};
