// PATCH /wapi/v1/capital/withdrawals/delay: changes how long withdrawals are held back.
import {
  type WithdrawalDelay,
  type WithdrawalDelayParams,
  withdrawalDelayAnswer,
  withdrawalDelayParams,
} from "../../wire/withdrawalDelay.ts";
import type { Endpoint } from "../endpoint.ts";

/**
 * `PATCH /wapi/v1/capital/withdrawals/delay`, sent unsigned: no instruction is documented, it belongs to sessions of the website. 404
 * where there is no delay yet. Only for a client that was made with `withdrawals: "allowed"`.
 *
 * unverified: whether it works with an API key at all; expect `venue/refused`.
 *
 * @see https://docs.backpack.exchange/#tag/Withdrawal-Delays/operation/update_withdrawal_delay
 */
export const updateWithdrawalDelay: Endpoint<WithdrawalDelayParams, WithdrawalDelay> = {
  method: "PATCH",
  path: "/wapi/v1/capital/withdrawals/delay",
  params: withdrawalDelayParams,
  answer: withdrawalDelayAnswer,
  lane: "trade",
  guarded: true,
};
