// Stream `account.balanceUpdate`: what happens to our balances.

import { decimal, decimalOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** Absolute. What is lent out is not in here. Seen live; the venue does not document it. */
export const balanceUpdate = z.object({
  e: z.literal("balanceUpdate"),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  a: z.string(), // asset
  A: decimal, // available
  L: decimal, // locked in orders
  S: decimalOrNull, // staked
});
/** What we have of one asset now: absolute, decimal text. */
export type BalanceUpdate = z.infer<typeof balanceUpdate>;

/** Our balances, one asset a frame. Private. */
export function balanceUpdates(): Stream<BalanceUpdate> {
  return { name: "account.balanceUpdate", private: true, data: balanceUpdate };
}
