// GET /wapi/v1/capital/deposits: what came in.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

/** A deposit. Words of `source` are written differently from the names of chains elsewhere. */
export const depositAnswer = z.object({
  id,
  symbol: z.string(), // asset
  quantity: decimal, // of the asset
  status: open<
    | "cancelled"
    | "confirmed"
    | "declined"
    | "expired"
    | "initiated"
    | "ownershipVerificationRequired"
    | "pending"
    | "refunded"
    | "senderVerificationCompleted"
    | "senderVerificationRequired"
  >(),
  source: z.string().nullish(), // `solana`, `ethereum`, `internal`, ...
  toAddress: z.string().nullish(),
  fromAddress: z.string().nullish(),
  transactionHash: z.string().nullish(),
  createdAt: utcText, // UTC, no zone
  fiatAmount: decimalOrNull, // a bare number on the wire
  fiatCurrency: z.string().nullish(),
  institutionBic: z.string().nullish(),
  platformMemo: z.string().nullish(),
});
/** A deposit: amount in the asset, `createdAt` in UTC without a zone. */
export type Deposit = z.infer<typeof depositAnswer>;
const depositsAnswer = z.array(depositAnswer);

/** Which deposits: a stretch of time, a page. */
export const depositsParams = z.strictObject({
  /** ms, inclusive. */
  from: z.int().min(0).optional(),
  /** ms; exclusive on fills, unverified here. */
  to: z.int().min(0).optional(),
  /** Rows of a page, 1 to 1000; the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
  /** Rows to skip. */
  offset: z.int().min(0).optional(),
  /** Leave out what the venue itself paid in. */
  excludePlatform: z.boolean().optional(),
});
/** Parameters of `rest.capital.deposits`. */
export type DepositsParams = z.infer<typeof depositsParams>;

/**
 * `GET /wapi/v1/capital/deposits`, instruction `depositQueryAll`.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_deposits
 */
export const deposits: Endpoint<DepositsParams, Deposit[]> = {
  method: "GET",
  path: "/wapi/v1/capital/deposits",
  instruction: "depositQueryAll",
  params: depositsParams,
  answer: depositsAnswer,
  lane: "read",
};
