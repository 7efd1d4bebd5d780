// DELETE /api/v1/vault/redeem: takes a redemption back.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Of which vault. */
export const cancelRedeemParams = z.strictObject({
  vaultId: z.int().min(0),
});
/** Parameters of `rest.vaults.cancelRedeem`. */
export type CancelRedeemParams = z.infer<typeof cancelRedeemParams>;

/**
 * `DELETE /api/v1/vault/redeem`, instruction `vaultRedeemCancel`; the parameters travel in a JSON body. A good answer has no body.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/vault_redeem_cancel
 */
export const cancelRedeem: Endpoint<CancelRedeemParams, undefined> = {
  method: "DELETE",
  path: "/api/v1/vault/redeem",
  instruction: "vaultRedeemCancel",
  params: cancelRedeemParams,
  answer: z.undefined(),
  form: "empty",
  lane: "cancel",
};
