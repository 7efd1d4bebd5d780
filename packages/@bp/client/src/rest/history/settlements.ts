// GET /wapi/v1/history/settlement: what was settled in the settlement currency.
import { decimal, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** One movement of the settlement currency (USDC). */
export const settlementAnswer = z.object({
  quantity: decimal, // positive: received
  source: open<
    | "TradingFees"
    | "TradingFeesSystem"
    | "FundingPayment"
    | "CulledBorrowInterest"
    | "CulledRealizePnlAuto"
    | "CulledRealizePnlBookUtilisation"
    | "CulledRealizePnlAccountThreshold"
    | "CulledRealizePnlSystemThreshold"
    | "RealizePnl"
    | "BackstopProviderLiquidation"
    | "BackstopAdlLiquidation"
    | "BackstopLiquidityFundProceeds"
    | "SystemLiabilityTransfer"
  >(),
  timestamp: utcText, // UTC, no zone
  positionId: idOrNull,
  engineSequence: idOrNull, // u64
  userId: idOrNull,
  subaccountId: z.number().nullish(),
});
/** A movement of the settlement currency. */
export type Settlement = z.infer<typeof settlementAnswer>;
const settlementsAnswer = z.array(settlementAnswer);

/** Which movements, one page of at most 1000 rows. */
export const settlementsParams = z.strictObject({
  ...paging,
  /** Only movements of this kind. The words are not quite those of the answer. */
  source: z
    .enum([
      "BackstopLiquidation",
      "CulledBorrowInterest",
      "CulledRealizePnl",
      "CulledRealizePnlBookUtilization",
      "FundingPayment",
      "RealizePnl",
      "TradingFees",
      "TradingFeesSystem",
    ])
    .optional(),
});
/** Parameters of `rest.history.settlements`. */
export type SettlementsParams = z.infer<typeof settlementsParams>;

/**
 * `GET /wapi/v1/history/settlement`, instruction `settlementHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Capital/operation/get_settlement_history
 */
export const settlements: Endpoint<SettlementsParams, Settlement[]> = {
  method: "GET",
  path: "/wapi/v1/history/settlement",
  instruction: "settlementHistoryQueryAll",
  params: settlementsParams,
  answer: settlementsAnswer,
  lane: "read",
};
