// POST /api/v1/vault/redeem: asks for money back from a vault.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** How much out of which vault. */
export const redeemParams = z.strictObject({
  vaultId: z.int().min(0),
  /** Vault tokens; left out: all. */
  vaultTokenQuantity: decimalParam.optional(),
});
/** Parameters of `rest.vaults.redeem`. */
export type RedeemParams = z.infer<typeof redeemParams>;

/**
 * `POST /api/v1/vault/redeem`, instruction `vaultRedeemRequest`. A good answer has no body; it is carried out after the vault's delay.
 * Sent once.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/vault_redeem
 */
export const redeem: Endpoint<RedeemParams, undefined> = {
  method: "POST",
  path: "/api/v1/vault/redeem",
  instruction: "vaultRedeemRequest",
  params: redeemParams,
  answer: z.undefined(),
  form: "empty",
  lane: "trade",
};
