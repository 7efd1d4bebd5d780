// GET /fapi/v3/userTrades: fills of this account.

import { decimal, decimalOrNull, id, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { flag, flagOrNull } from "../../../wire/flag.ts";
import { orNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { idParam, limitParam, period, symbolParam } from "../../params.ts";

/** A fill. */
export const userTradeAnswer = z.object({
  symbol: z.string(),
  id,
  orderId: id,
  side: words.side,
  positionSide: orNull(words.positionSide),
  price: decimal, // quote per base
  qty: decimal, // base
  quoteQty: decimalOrNull, // quote
  realizedPnl: decimalOrNull, // margin asset, without fees
  commission: decimal, // a cost of either sign: see `commissionPaid`
  commissionAsset: z.string(),
  buyer: flagOrNull,
  maker: flag,
  time: wholeNumber, // ms
});
/** A fill of the futures. The sign of `commission` is doubtful: see `commissionPaid`. */
export type UserTrade = z.infer<typeof userTradeAnswer>;

/** Which fills: times are ms, 500 rows if no limit is named. */
export const userTradesParams = z
  .strictObject({ symbol: symbolParam, ...period, fromId: idParam.optional(), limit: limitParam(1000) })
  .refine(
    ({ fromId, startTime, endTime }) => fromId === undefined || (startTime === undefined && endTime === undefined),
    {
      message: "expected fromId or times, not both",
    },
  );
/** Parameters of `rest.trade.userTrades`. */
export type UserTradesParams = z.infer<typeof userTradesParams>;

/**
 * `GET /fapi/v3/userTrades`, oldest first: of one market; the last 7 days if no time is named. `fromId` goes without times.
 */
export const userTrades: AsterEndpoint<UserTradesParams, UserTrade[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/userTrades",
  v1: "/fapi/v1/userTrades",
  v3: "/fapi/v3/userTrades",
  params: userTradesParams,
  answer: z.array(userTradeAnswer),
  lane: "read",
  weight: 5,
};
