// GET /wapi/v1/history/interest: interest paid and received.
import { decimal, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** Interest of one interval, in the asset. */
export const interestAnswer = z.object({
  paymentType: open<"EntryFee" | "Borrow" | "Lend" | "UnrealizedPositivePnl" | "UnrealizedNegativePnl">(),
  interestRate: decimal, // fraction; unverified: a year
  interval: z.number().nullish(), // unverified: which unit
  marketSymbol: z.string().nullish(),
  positionId: idOrNull,
  quantity: decimal, // of the asset
  symbol: z.string(), // an asset
  timestamp: utcText, // UTC, no zone
});
/** Interest paid or received for one interval, in the asset. */
export type InterestPayment = z.infer<typeof interestAnswer>;
const interestsAnswer = z.array(interestAnswer);

/** Which payments, one page of at most 1000 rows. */
export const interestParams = z.strictObject({
  ...paging,
  asset: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  positionId: z.string().min(1).optional(),
  source: z.enum(["UnrealizedPnl", "BorrowLend"]).optional(),
});
/** Parameters of `rest.history.interest`. */
export type InterestParams = z.infer<typeof interestParams>;

/**
 * `GET /wapi/v1/history/interest`, instruction `interestHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Borrow-Lend/operation/get_interest_history
 */
export const interest: Endpoint<InterestParams, InterestPayment[]> = {
  method: "GET",
  path: "/wapi/v1/history/interest",
  instruction: "interestHistoryQueryAll",
  params: interestParams,
  answer: interestsAnswer,
  lane: "read",
};
