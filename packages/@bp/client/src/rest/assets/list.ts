// GET /api/v1/assets: every asset and the chains it travels on.
import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** An asset. Minima, maxima and fees are in the asset itself. */
export const assetAnswer = z.object({
  symbol: z.string(), // `USDC`
  displayName: z.string().nullish(),
  coingeckoId: z.string().nullish(),
  tokens: z.array(
    z.object({
      blockchain: z.string(), // `Solana`; an open list
      displayName: z.string().nullish(),
      contractAddress: z.string().nullish(), // null for a chain's own coin
      depositEnabled: z.boolean().nullish(),
      minimumDeposit: decimalOrNull,
      withdrawEnabled: z.boolean().nullish(),
      minimumWithdrawal: decimalOrNull,
      maximumWithdrawal: decimalOrNull, // null: none
      withdrawalFee: decimalOrNull,
      nativeDecimals: z.number().nullish(), // digits behind the point on that chain
    }),
  ),
});
/** An asset with the chains it can be deposited from and withdrawn to. */
export type Asset = z.infer<typeof assetAnswer>;
const assetsAnswer = z.array(assetAnswer);

/** Which assets. */
export const assetsParams = z.strictObject({
  /** ISO 3166-1 alpha-2, `PT`: only what that jurisdiction allows. */
  country: z.string().length(2).optional(),
});
/** Parameters of `rest.assets.list`. */
export type AssetsParams = z.infer<typeof assetsParams>;

/**
 * `GET /api/v1/assets`, public.
 *
 * The list of assets is open (stock and prediction tickers come and go): never hard-code it.
 *
 * @see https://docs.backpack.exchange/#tag/Assets/operation/get_assets
 */
export const list: Endpoint<AssetsParams, Asset[]> = {
  method: "GET",
  path: "/api/v1/assets",
  params: assetsParams,
  answer: assetsAnswer,
  lane: "read",
};
