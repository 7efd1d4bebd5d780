// GET /api/v3/account: the account and its balances.

import { decimal } from "@bp/adapter";
import * as z from "zod";
import { flagOrNull } from "../../../wire/flag.ts";
import { wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** The spot account. */
export const accountAnswer = z.object({
  feeTier: wholeOrNull,
  canTrade: flagOrNull,
  canDeposit: flagOrNull,
  canWithdraw: flagOrNull,
  canBurnAsset: flagOrNull,
  updateTime: wholeOrNull, // ms
  balances: z.array(z.object({ asset: z.string(), free: decimal, locked: decimal })), // locked: in orders
});
/** The spot account: `free` and `locked` (in orders) of each asset. */
export type Account = z.infer<typeof accountAnswer>;

/** `GET /api/v3/account`. */
export const get: AsterEndpoint<undefined, Account> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/account",
  v1: "/api/v1/account",
  v3: "/api/v3/account",
  answer: accountAnswer,
  lane: "read",
  weight: 5,
};
