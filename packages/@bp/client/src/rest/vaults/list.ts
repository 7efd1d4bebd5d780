// GET /api/v1/vaults: every vault and its terms.
import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A vault: money in, vault tokens out. */
export const vaultAnswer = z.object({
  id: z.number(),
  vaultToken: z.string(), // asset that is got
  symbol: z.string(), // asset that is given
  mintsEnabled: z.boolean(),
  redeemsEnabled: z.boolean(),
  minMintQuantity: decimalOrNull, // of the asset
  minRedeemTokens: decimalOrNull, // vault tokens
  redeemDelayMs: z.number().nullish(), // ms
  tokenStepSize: decimalOrNull, // vault tokens are multiples of it
  remainingMintQuantity: decimalOrNull, // of the asset; null: no limit
});
/** A vault and its terms. */
export type Vault = z.infer<typeof vaultAnswer>;
const vaultsAnswer = z.array(vaultAnswer);

/**
 * `GET /api/v1/vaults`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/get_vaults
 */
export const list: Endpoint<undefined, Vault[]> = {
  method: "GET",
  path: "/api/v1/vaults",
  answer: vaultsAnswer,
  lane: "read",
};
