// GET /api/v3/aster/withdraw/estimateFee: what a withdrawal would cost.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";

/** An estimate. */
export const estimateFeeAnswer = z.object({
  tokenPrice: decimalOrNull, // USD
  gasCost: decimal, // of the asset
  gasUsdValue: decimalOrNull, // USD
});
/** The cost of a withdrawal: `gasCost` of the asset, `gasUsdValue` in USD. */
export type EstimateFee = z.infer<typeof estimateFeeAnswer>;

/** To which chain (1, 56, 42161), of which asset. */
export const estimateFeeParams = z.strictObject({ chainId: z.int().min(1), asset: z.string().min(1) });
/** Parameters of `rest.account.withdrawEstimateFee`. */
export type EstimateFeeParams = z.infer<typeof estimateFeeParams>;

/**
 * `GET /api/v3/aster/withdraw/estimateFee`, public. The withdrawal itself is not in this package: it needs the key of the main wallet.
 */
export const withdrawEstimateFee: AsterEndpoint<EstimateFeeParams, EstimateFee> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/aster/withdraw/estimateFee",
  v1: "/api/v1/aster/withdraw/estimateFee",
  v3: "/api/v3/aster/withdraw/estimateFee",
  params: estimateFeeParams,
  answer: estimateFeeAnswer,
  lane: "read",
  weight: 1,
};
