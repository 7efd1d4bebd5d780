// GET /api/v1/borrowLend/markets: rates and limits of lending.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import type { Endpoint } from "../endpoint.ts";

/** Lending of one asset. Rates and utilizations are fractions, quantities are in the asset. */
export const borrowLendMarketAnswer = z.object({
  symbol: z.string(), // an asset
  state: open<"Open" | "Closed" | "RepayOnly">(),
  assetMarkPrice: decimalOrNull, // USDC
  borrowInterestRate: decimal, // fraction; unverified: a year
  lendInterestRate: decimal, // fraction; unverified: a year
  borrowedQuantity: decimalOrNull,
  lentQuantity: decimalOrNull,
  fee: decimalOrNull, // fraction; unverified: of the interest
  utilization: decimalOrNull, // borrowed of lent
  optimalUtilization: decimalOrNull, // rates rise faster above it
  maxUtilization: decimalOrNull,
  openBorrowLendLimit: decimalOrNull, // in the asset
  throttleUtilizationThreshold: decimalOrNull,
  throttleUtilizationBound: decimalOrNull,
  throttleUpdateFraction: decimalOrNull,
  stepSize: decimalOrNull, // quantities are multiples of it
  timestamp: z.string().nullish(), // RFC 3339 with a zone
});
/** Rates and limits of lending one asset. */
export type BorrowLendMarket = z.infer<typeof borrowLendMarketAnswer>;
const borrowLendMarketsAnswer = z.array(borrowLendMarketAnswer);

/**
 * `GET /api/v1/borrowLend/markets`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend-Markets/operation/get_borrow_lend_markets
 */
export const markets: Endpoint<undefined, BorrowLendMarket[]> = {
  method: "GET",
  path: "/api/v1/borrowLend/markets",
  answer: borrowLendMarketsAnswer,
  lane: "read",
};
