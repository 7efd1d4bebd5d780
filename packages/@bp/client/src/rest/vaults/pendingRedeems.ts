// GET /api/v1/vault/redeems/pending: redemptions that wait.
import * as z from "zod";
import { type VaultRedeem, vaultRedeem } from "../../wire/vaultRedeem.ts";
import type { Endpoint } from "../endpoint.ts";

const vaultRedeemsAnswer = z.array(vaultRedeem);

/** Of which vault. */
export const pendingRedeemsParams = z.strictObject({
  vaultId: z.int().min(0),
});
/** Parameters of `rest.vaults.pendingRedeems`. */
export type PendingRedeemsParams = z.infer<typeof pendingRedeemsParams>;

/**
 * `GET /api/v1/vault/redeems/pending`, instruction `vaultPendingRedeemsQuery`. For the operator of a vault only; 403 for others.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/get_vault_pending_redeems
 */
export const pendingRedeems: Endpoint<PendingRedeemsParams, VaultRedeem[]> = {
  method: "GET",
  path: "/api/v1/vault/redeems/pending",
  instruction: "vaultPendingRedeemsQuery",
  params: pendingRedeemsParams,
  answer: vaultRedeemsAnswer,
  lane: "read",
};
