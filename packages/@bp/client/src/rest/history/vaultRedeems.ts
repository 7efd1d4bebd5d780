// GET /wapi/v1/history/vault/redeem: vault tokens that we gave back.
import * as z from "zod";
import { type VaultRedeem, vaultRedeem } from "../../wire/vaultRedeem.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

const vaultRedeemsAnswer = z.array(vaultRedeem);

/** Which vault, one page of at most 1000 rows. */
export const vaultRedeemsParams = z.strictObject({
  ...paging,
  /** Number of the vault. */
  vaultId: z.int().min(0).optional(),
});
/** Parameters of `rest.history.vaultRedeems`. */
export type VaultRedeemsParams = z.infer<typeof vaultRedeemsParams>;

/**
 * `GET /wapi/v1/history/vault/redeem`, instruction `vaultRedeemHistoryQueryAll`, newest first.
 *
 * unverified: known from the official Rust client alone.
 */
export const vaultRedeems: Endpoint<VaultRedeemsParams, VaultRedeem[]> = {
  method: "GET",
  path: "/wapi/v1/history/vault/redeem",
  instruction: "vaultRedeemHistoryQueryAll",
  params: vaultRedeemsParams,
  answer: vaultRedeemsAnswer,
  lane: "read",
};
