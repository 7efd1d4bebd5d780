// POST /wapi/v1/capital/withdrawals: sends money away.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { type Withdrawal, withdrawal } from "../../wire/withdrawal.ts";
import type { Endpoint } from "../endpoint.ts";

/** What goes where. */
export const withdrawParams = z.strictObject({
  address: z.string().min(1),
  /** `Solana`, `Ethereum`; an open list. */
  blockchain: z.string().min(1),
  /** Of the asset. */
  quantity: decimalParam,
  /** Asset. */
  symbol: z.string().min(1),
  /** Our own text. */
  clientId: z.string().min(1).max(255).optional(),
  twoFactorToken: z.string().min(1).optional(),
  autoBorrow: z.boolean().optional(),
  autoLendRedeem: z.boolean().optional(),
  /** unverified: how a nested object is signed is not documented, so it is refused here. */
  recipientInformation: z
    .undefined("nothing: how the venue signs a nested object is not documented; fill it in on its website")
    .optional(),
});
/** Parameters of `rest.capital.withdraw`. */
export type WithdrawParams = z.infer<typeof withdrawParams>;

/**
 * `POST /wapi/v1/capital/withdrawals`, instruction `withdraw`. **It moves money out of the account and cannot be taken back.** Only for
 * a client that was made with `withdrawals: "allowed"`. Sent once; an unclear answer is `venue/unknown-outcome`.
 *
 * The address must stand in the account's address book, free of the second factor.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/request_withdrawal
 */
export const withdraw: Endpoint<WithdrawParams, Withdrawal> = {
  method: "POST",
  path: "/wapi/v1/capital/withdrawals",
  instruction: "withdraw",
  params: withdrawParams,
  answer: withdrawal,
  lane: "trade",
  guarded: true,
};
