// GET /fapi/v3/balance: balances of the futures wallet.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { flagOrNull } from "../../../wire/flag.ts";
import { orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** One asset. */
export const balanceAnswer = z.object({
  accountAlias: orNull(z.string()),
  asset: z.string(),
  balance: decimal, // wallet
  crossWalletBalance: decimalOrNull,
  crossUnPnl: decimalOrNull,
  availableBalance: decimalOrNull, // multi-assets mode: the whole account's, in this asset
  maxWithdrawAmount: decimalOrNull,
  marginAvailable: flagOrNull,
  updateTime: wholeOrNull, // ms
});
/** One asset of the futures wallet. `balance` is the wallet; never add up `availableBalance`. */
export type Balance = z.infer<typeof balanceAnswer>;

/**
 * `GET /fapi/v3/balance`. In multi-assets mode **do not add up `availableBalance`**: each row tells the whole of it in its own asset.
 * See `marginTotals`.
 */
export const balance: AsterEndpoint<undefined, Balance[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/balance",
  v1: "/fapi/v2/balance",
  v3: "/fapi/v3/balance",
  answer: z.array(balanceAnswer),
  lane: "read",
  weight: 5,
};
