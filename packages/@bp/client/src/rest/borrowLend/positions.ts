// GET /api/v1/borrowLend/positions: what we lend and owe.
import { decimal, decimalOrNull, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { marginFunction } from "../../wire/margin.ts";
import type { Endpoint } from "../endpoint.ts";

/** What we lend or owe of one asset. A loan to others has no exposure. */
export const borrowLendPositionAnswer = z.object({
  id: idOrNull,
  symbol: z.string(), // an asset
  netQuantity: decimal, // of the asset; positive: lent, negative: borrowed
  markPrice: decimalOrNull, // USDC
  imf: decimalOrNull, // initial margin, fraction
  imfFunction: marginFunction,
  mmf: decimalOrNull, // maintenance margin, fraction
  mmfFunction: marginFunction,
  netExposureQuantity: decimalOrNull,
  netExposureNotional: decimalOrNull, // USDC
  cumulativeInterest: decimalOrNull, // of the asset
  estLiquidationPrice: decimalOrNull, // `0`: none
});
/** What we lend or owe of one asset, in the asset and signed. */
export type BorrowLendPosition = z.infer<typeof borrowLendPositionAnswer>;
const borrowLendPositionsAnswer = z.array(borrowLendPositionAnswer);

/**
 * `GET /api/v1/borrowLend/positions`, instruction `borrowLendPositionQuery`.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend/operation/get_borrow_lend_positions
 */
export const positions: Endpoint<undefined, BorrowLendPosition[]> = {
  method: "GET",
  path: "/api/v1/borrowLend/positions",
  instruction: "borrowLendPositionQuery",
  answer: borrowLendPositionsAnswer,
  lane: "read",
};
