// GET /wapi/v1/capital/withdrawals: what went out.
import * as z from "zod";
import { type Withdrawal, withdrawal } from "../../wire/withdrawal.ts";
import type { Endpoint } from "../endpoint.ts";

const withdrawalsAnswer = z.array(withdrawal);

/** Which withdrawals: by id, by our own id, a stretch of time, a page. */
export const withdrawalsParams = z.strictObject({
  id: z.string().regex(/^\d+$/, "expected digits").optional(),
  clientId: z.string().min(1).max(255).optional(),
  /** ms, inclusive. */
  from: z.int().min(0).optional(),
  /** ms; exclusive on fills, unverified here. */
  to: z.int().min(0).optional(),
  /** Rows of a page, 1 to 1000; the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
  /** Rows to skip. */
  offset: z.int().min(0).optional(),
});
/** Parameters of `rest.capital.withdrawals`. */
export type WithdrawalsParams = z.infer<typeof withdrawalsParams>;

/**
 * `GET /wapi/v1/capital/withdrawals`, instruction `withdrawalQueryAll`. It only reads.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_withdrawals
 */
export const withdrawals: Endpoint<WithdrawalsParams, Withdrawal[]> = {
  method: "GET",
  path: "/wapi/v1/capital/withdrawals",
  instruction: "withdrawalQueryAll",
  params: withdrawalsParams,
  answer: withdrawalsAnswer,
  lane: "read",
};
