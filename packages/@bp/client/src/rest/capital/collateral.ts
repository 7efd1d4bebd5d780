// GET /api/v1/capital/collateral: margin figures of the account.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Values are in the settlement currency, quantities in the asset. */
export const collateralAnswer = z.object({
  netEquity: decimal,
  netEquityAvailable: decimal,
  netEquityLocked: decimal,
  assetsValue: decimalOrNull,
  borrowLiability: decimalOrNull,
  liabilitiesValue: decimalOrNull,
  netExposureFutures: decimalOrNull,
  pnlUnrealized: decimalOrNull,
  unsettledEquity: decimalOrNull,
  imf: decimalOrNull, // fraction
  mmf: decimalOrNull, // liquidation starts when marginFraction falls to it
  marginFraction: decimalOrNull, // null without exposure
  collateral: z.array(
    z.object({
      symbol: z.string(), // an asset
      totalQuantity: decimal,
      availableQuantity: decimalOrNull,
      lendQuantity: decimalOrNull,
      openOrderQuantity: decimalOrNull,
      assetMarkPrice: decimalOrNull,
      balanceNotional: decimalOrNull,
      collateralWeight: decimalOrNull, // fraction
      collateralValue: decimalOrNull,
    }),
  ),
});
/** Margin figures of the account; fractions and decimal text in the settlement currency. */
export type Collateral = z.infer<typeof collateralAnswer>;

/**
 * `GET /api/v1/capital/collateral`, instruction `collateralQuery`.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_collateral
 */
export const collateral: Endpoint<undefined, Collateral> = {
  method: "GET",
  path: "/api/v1/capital/collateral",
  instruction: "collateralQuery",
  answer: collateralAnswer,
  lane: "read",
};
