// GET /wapi/v1/history/position: positions as they were.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A position, open or closed. Sizes are base and signed, money is quote. */
export const pastPositionAnswer = z.object({
  id,
  symbol: z.string(),
  state: open<"Open" | "Closed">(),
  netQuantity: decimal, // base, signed
  netExposureQuantity: decimalOrNull, // worst case with open orders
  netExposureNotional: decimalOrNull,
  netCost: decimalOrNull, // signed: entry cost
  markPrice: decimalOrNull,
  entryPrice: decimalOrNull,
  closingPrice: decimalOrNull,
  cumulativePnlRealized: decimalOrNull,
  unrealizedPnl: decimalOrNull,
  fundingQuantity: decimalOrNull, // positive: received
  interest: decimalOrNull,
  liquidated: decimalOrNull,
  imf: decimalOrNull, // fraction
  fees: decimalOrNull,
  closedVolume: decimalOrNull,
  liquidationFees: decimalOrNull,
  accountLeverage: decimalOrNull,
  openedAt: utcText.nullish(), // UTC, no zone
  closedAt: utcText.nullish(), // UTC, no zone
});
/** A position of the past or present, as the history tells it. */
export type PastPosition = z.infer<typeof pastPositionAnswer>;
const pastPositionsAnswer = z.array(pastPositionAnswer);

/** Which positions: of one market, one kind of market, one state. */
export const pastPositionsParams = z.strictObject({
  ...paging,
  symbol: z.string().min(1).optional(),
  state: z.enum(["Open", "Closed"]).optional(),
  /** One kind of market. */
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.history.positions`. */
export type PastPositionsParams = z.infer<typeof pastPositionsParams>;

/**
 * `GET /wapi/v1/history/position`, instruction `positionHistoryQueryAll`, newest first.
 *
 * @see https://docs.backpack.exchange/#tag/Position/operation/get_position_history
 */
export const positions: Endpoint<PastPositionsParams, PastPosition[]> = {
  method: "GET",
  path: "/wapi/v1/history/position",
  instruction: "positionHistoryQueryAll",
  params: pastPositionsParams,
  answer: pastPositionsAnswer,
  lane: "read",
};
