// GET /wapi/v1/history/fills: our trades.

import { decimal, id, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "../../wire/clientId.ts";
import { side, systemOrderType } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";
import { paging } from "../paging.ts";

/** A trade of ours. Tell two of them apart by `tradeId` and `orderId` together. */
export const fillAnswer = z.object({
  tradeId: idOrNull, // null or 0 on some old fills of the system
  orderId: id,
  clientId: clientIdOrNull, // text on the wire
  symbol: z.string(),
  side,
  price: decimal,
  quantity: decimal, // base
  fee: decimal, // positive: paid
  feeSymbol: z.string(), // base on a spot buy
  isMaker: z.boolean(),
  systemOrderType: systemOrderType.nullish(), // set: the venue's own doing (liquidation and the like)
  timestamp: utcText, // UTC, no zone
});
/** A trade of ours, from the history: price and fee as text, `timestamp` in UTC without a zone. */
export type PastFill = z.infer<typeof fillAnswer>;
const fillsAnswer = z.array(fillAnswer);

/** Which fills: `from` and `to` in ms, one page of at most 1000 rows. */
export const fillsParams = z.strictObject({
  ...paging,
  orderId: z.string().min(1).optional(),
  strategyId: z.string().min(1).optional(),
  /** ms, inclusive. */
  from: z.int().min(0).optional(),
  /** ms, exclusive. */
  to: z.int().min(0).optional(),
  symbol: z.string().min(1).optional(),
  /** Without it the list has liquidations and conversions too. */
  fillType: z
    .enum([
      "User",
      "BookLiquidation",
      "Adl",
      "Backstop",
      "Liquidation",
      "AllLiquidation",
      "CollateralConversion",
      "CollateralConversionAndSpotLiquidation",
    ])
    .optional(),
  /** One kind of market: how several are signed is not documented. */
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.history.fills`. */
export type FillsParams = z.infer<typeof fillsParams>;

/**
 * `GET /wapi/v1/history/fills`, instruction `fillHistoryQueryAll`, one page, newest first. `allFills` reads all pages.
 *
 * @see https://docs.backpack.exchange/#tag/Order/operation/get_fills
 */
export const fills: Endpoint<FillsParams, PastFill[]> = {
  method: "GET",
  path: "/wapi/v1/history/fills",
  instruction: "fillHistoryQueryAll",
  params: fillsParams,
  answer: fillsAnswer,
  lane: "read",
};
