// GET /wapi/v1/capital/deposit/address: where to send a deposit.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** An address of the account. */
export const depositAddressAnswer = z.object({
  address: z.string(), // on the chain that was asked for
});
/** Where deposits of one chain go. */
export type DepositAddress = z.infer<typeof depositAddressAnswer>;

/** Which chain, spelled as in the list of assets. */
export const depositAddressParams = z.strictObject({
  /** `Solana`, `Ethereum`; an open list. */
  blockchain: z.string().min(1),
});
/** Parameters of `rest.capital.depositAddress`. */
export type DepositAddressParams = z.infer<typeof depositAddressParams>;

/**
 * `GET /wapi/v1/capital/deposit/address`, instruction `depositAddressQuery`. 409 is a refusal like any other.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_deposit_address
 */
export const depositAddress: Endpoint<DepositAddressParams, DepositAddress> = {
  method: "GET",
  path: "/wapi/v1/capital/deposit/address",
  instruction: "depositAddressQuery",
  params: depositAddressParams,
  answer: depositAddressAnswer,
  lane: "read",
};
