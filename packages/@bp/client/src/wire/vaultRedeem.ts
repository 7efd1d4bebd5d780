// A redemption of vault tokens: pending ones and past ones look alike.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { open } from "./enums.ts";
import { milliseconds } from "./time.ts";

/** Figures are null until it was carried out. */
export const vaultRedeem = z.object({
  id,
  vaultId: z.number(),
  status: open<"Requested" | "Redeemed" | "Cancelled">(),
  vaultTokenQuantity: decimal, // vault tokens given back
  vaultToken: z.string().nullish(), // their asset
  symbol: z.string().nullish(), // asset paid out
  quantity: decimalOrNull, // of that asset
  nav: decimalOrNull, // asset per vault token
  reason: z.string().nullish(),
  timestamp: milliseconds, // ms
});
/** A redemption of vault tokens, pending or past. */
export type VaultRedeem = z.infer<typeof vaultRedeem>;
