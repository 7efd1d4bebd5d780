// GET /api/v1/vault/nav: what a vault is worth now.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { milliseconds } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

/** Worth of the vault, in its asset. */
export const vaultNavAnswer = z.object({
  nav: decimal, // asset per vault token
  twapNav: decimalOrNull, // the same, averaged over time
  mintNav: decimalOrNull, // the larger of the two
  redeemNav: decimalOrNull, // the smaller of the two
  vaultEquity: decimalOrNull,
  netEquity: decimalOrNull,
  tokenCirculatingSupply: decimalOrNull, // vault tokens
  lastCrankTimestamp: milliseconds.nullish(), // ms
});
/** What a vault is worth now, in its asset. */
export type VaultNav = z.infer<typeof vaultNavAnswer>;

/**
 * `GET /api/v1/vault/nav`, instruction `vaultNavQuery`. For the account of a vault only.
 *
 * @see https://docs.backpack.exchange/#tag/Vaults/operation/get_vault_nav
 */
export const nav: Endpoint<undefined, VaultNav> = {
  method: "GET",
  path: "/api/v1/vault/nav",
  instruction: "vaultNavQuery",
  answer: vaultNavAnswer,
  lane: "read",
};
