// GET /wapi/v1/history/vault/mint: vault tokens that we got.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { milliseconds } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** Vault tokens for an asset. */
export const vaultMintAnswer = z.object({
  id,
  vaultId: z.number(),
  vaultToken: z.string().nullish(), // asset that was got
  symbol: z.string(), // asset that was given
  quantity: decimal, // of it
  vaultTokensMinted: decimal, // vault tokens
  nav: decimalOrNull, // asset per vault token
  timestamp: milliseconds, // ms
});
/** Vault tokens that we got for an asset. */
export type VaultMint = z.infer<typeof vaultMintAnswer>;
const vaultMintsAnswer = z.array(vaultMintAnswer);

/** Which vault, one page of at most 1000 rows. */
export const vaultMintsParams = z.strictObject({
  ...paging,
  /** Number of the vault. */
  vaultId: z.int().min(0).optional(),
});
/** Parameters of `rest.history.vaultMints`. */
export type VaultMintsParams = z.infer<typeof vaultMintsParams>;

/**
 * `GET /wapi/v1/history/vault/mint`, instruction `vaultMintHistoryQueryAll`, newest first.
 *
 * unverified: known from the official Rust client alone.
 */
export const vaultMints: Endpoint<VaultMintsParams, VaultMint[]> = {
  method: "GET",
  path: "/wapi/v1/history/vault/mint",
  instruction: "vaultMintHistoryQueryAll",
  params: vaultMintsParams,
  answer: vaultMintsAnswer,
  lane: "read",
};
