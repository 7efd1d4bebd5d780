// GET /api/v1/capital: the wallet.

import { decimal } from "@bp/adapter";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** By asset. What is lent out is not in here: see `collateral`. */
export const balancesAnswer = z.record(
  z.string(),
  z.object({
    available: decimal,
    locked: decimal, // in open orders
    staked: decimal,
  }),
);
/** The wallet by asset: available, locked in orders, staked. What is lent out is not in it. */
export type Balances = z.infer<typeof balancesAnswer>;

/**
 * `GET /api/v1/capital`, instruction `balanceQuery`.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_balances
 */
export const balances: Endpoint<undefined, Balances> = {
  method: "GET",
  path: "/api/v1/capital",
  instruction: "balanceQuery",
  answer: balancesAnswer,
  lane: "read",
};
