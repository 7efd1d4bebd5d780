// POST /wapi/v1/capital/withdrawals/delay: holds withdrawals back from now on.
import * as z from "zod";
import { type WithdrawalDelayParams, withdrawalDelayParams } from "../../wire/withdrawalDelay.ts";
import type { Endpoint } from "../endpoint.ts";

/**
 * `POST /wapi/v1/capital/withdrawals/delay`, sent unsigned: no instruction is documented, it belongs to sessions of the website. A good
 * answer has no body; 409 where there is a delay already. Only for a client that was made with `withdrawals: "allowed"`.
 *
 * unverified: whether it works with an API key at all; expect `venue/refused`.
 *
 * @see https://docs.backpack.exchange/#tag/Withdrawal-Delays/operation/create_withdrawal_delay
 */
export const createWithdrawalDelay: Endpoint<WithdrawalDelayParams, undefined> = {
  method: "POST",
  path: "/wapi/v1/capital/withdrawals/delay",
  params: withdrawalDelayParams,
  answer: z.undefined(),
  form: "empty",
  lane: "trade",
  guarded: true,
};
