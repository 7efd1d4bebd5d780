// GET /api/v1/vaults/history: what vaults were worth.
import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A vault at one moment of the past. */
export const vaultHistoryAnswer = z.object({
  vaultId: z.number(),
  timestamp: z.string(), // RFC 3339 with a zone
  nav: decimalOrNull, // asset per vault token
  vaultEquity: decimalOrNull, // of the asset
  tokenCirculatingSupply: decimalOrNull, // vault tokens
});
/** What a vault was worth at one moment. */
export type VaultHistory = z.infer<typeof vaultHistoryAnswer>;
const vaultHistoriesAnswer = z.array(vaultHistoryAnswer);

/** How far back, and which vault. */
export const vaultHistoryParams = z.strictObject({
  interval: z.enum(["1d", "1w", "1month", "1year"]),
  vaultId: z.int().min(0).optional(),
});
/** Parameters of `rest.vaults.history`. */
export type VaultHistoryParams = z.infer<typeof vaultHistoryParams>;

/**
 * `GET /api/v1/vaults/history`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/get_vault_history
 */
export const history: Endpoint<VaultHistoryParams, VaultHistory[]> = {
  method: "GET",
  path: "/api/v1/vaults/history",
  params: vaultHistoryParams,
  answer: vaultHistoriesAnswer,
  lane: "read",
};
