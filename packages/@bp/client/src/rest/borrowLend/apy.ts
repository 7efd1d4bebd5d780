// GET /api/v1/borrowLend/apy: yields of lending and staking.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Yields by asset, fractions; unverified: a year. */
export const apyAnswer = z.object({
  borrowLend: z.array(
    z.object({
      symbol: z.string(), // an asset
      borrowRate: decimal,
      lendRate: decimal,
    }),
  ),
  staking: z.array(
    z.object({
      symbol: z.string(), // an asset
      dilutionFactor: decimalOrNull,
      stakingRate: decimal,
    }),
  ),
});
/** Yields of lending and staking by asset, fractions. */
export type ApyRates = z.infer<typeof apyAnswer>;

/** For which VIP tier. */
export const apyParams = z.strictObject({
  tierId: z.int().optional(),
});
/** Parameters of `rest.borrowLend.apy`. */
export type ApyParams = z.infer<typeof apyParams>;

/**
 * `GET /api/v1/borrowLend/apy`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend-Markets/operation/get_apy_rates
 */
export const apy: Endpoint<ApyParams, ApyRates> = {
  method: "GET",
  path: "/api/v1/borrowLend/apy",
  params: apyParams,
  answer: apyAnswer,
  lane: "read",
};
