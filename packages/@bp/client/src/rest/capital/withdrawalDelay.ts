// GET /wapi/v1/capital/withdrawals/delay: how long withdrawals are held back.
import { type WithdrawalDelay, withdrawalDelayAnswer } from "../../wire/withdrawalDelay.ts";
import type { Endpoint } from "../endpoint.ts";

/**
 * `GET /wapi/v1/capital/withdrawals/delay`, sent unsigned: no instruction is documented, it belongs to sessions of the website. `null`
 * where no delay was ever set (204).
 *
 * unverified: whether it can be read with an API key at all; expect `venue/refused`.
 *
 * @see https://docs.backpack.exchange/#tag/Withdrawal-Delays/operation/get_withdrawal_delay
 */
export const withdrawalDelay: Endpoint<undefined, WithdrawalDelay | null> = {
  method: "GET",
  path: "/wapi/v1/capital/withdrawals/delay",
  answer: withdrawalDelayAnswer,
  lane: "read",
  instead: ({ status }) => (status === 204 ? { answer: null } : undefined),
};
