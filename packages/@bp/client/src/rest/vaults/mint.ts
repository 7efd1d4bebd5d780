// POST /api/v1/vault/mint: money into a vault.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** How much into which vault. */
export const mintParams = z.strictObject({
  vaultId: z.int().min(0),
  /** Asset. */
  symbol: z.string().min(1),
  /** Of the asset. */
  quantity: decimalParam,
  autoBorrow: z.boolean().optional(),
  autoLendRedeem: z.boolean().optional(),
});
/** Parameters of `rest.vaults.mint`. */
export type MintParams = z.infer<typeof mintParams>;

/**
 * `POST /api/v1/vault/mint`, instruction `vaultMint`. A good answer has no body. Sent once.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/vault_mint
 */
export const mint: Endpoint<MintParams, undefined> = {
  method: "POST",
  path: "/api/v1/vault/mint",
  instruction: "vaultMint",
  params: mintParams,
  answer: z.undefined(),
  form: "empty",
  lane: "trade",
};
