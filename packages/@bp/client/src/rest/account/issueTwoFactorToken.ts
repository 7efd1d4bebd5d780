// POST /wapi/v1/user/2fa: a token for a second factor.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** The token. A secret: it belongs into no log. */
export const twoFactorAnswer = z.object({
  signature: z.string(), // opaque
});
/** A token for a second factor; opaque and secret. */
export type TwoFactorToken = z.infer<typeof twoFactorAnswer>;

/** Where the code comes from. */
export const twoFactorParams = z.strictObject({
  /** A code of an authenticator app. */
  app: z.string().min(1).optional(),
  /** A code that came by mail. */
  email: z.string().min(1).optional(),
});
/** Parameters of `rest.account.issueTwoFactorToken`. */
export type TwoFactorParams = z.infer<typeof twoFactorParams>;

/**
 * `POST /wapi/v1/user/2fa`, instruction `issueTwoFactorToken`. Only for a client that was made with `withdrawals: "allowed"`.
 *
 * unverified: known from the official Rust client alone; the venue's support pages say that tokens by API are switched off.
 */
export const issueTwoFactorToken: Endpoint<TwoFactorParams, TwoFactorToken> = {
  method: "POST",
  path: "/wapi/v1/user/2fa",
  instruction: "issueTwoFactorToken",
  params: twoFactorParams,
  answer: twoFactorAnswer,
  lane: "trade",
  guarded: true,
};
