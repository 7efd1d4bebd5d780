// GET /api/v3/userTrades: fills of this account.

import { decimal, decimalOrNull, id, idOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { flag, flagOrNull } from "../../../wire/flag.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { idParam, limitParam, period, symbolParam } from "../../params.ts";

/** A fill. */
export const userTradeAnswer = z.object({
  symbol: z.string(),
  id,
  orderId: id,
  side: words.side,
  price: decimal, // quote per base
  qty: decimal, // base
  quoteQty: decimalOrNull, // quote
  commission: decimal, // a cost, above 0; of what was bought, where that is the asset
  commissionAsset: z.string(),
  time: wholeNumber, // ms
  counterpartyId: idOrNull,
  createUpdateId: idOrNull,
  maker: flag,
  buyer: flagOrNull,
});
/** A fill of the spot markets: `commission` of `commissionAsset`, which may be what was bought. */
export type UserTrade = z.infer<typeof userTradeAnswer>;

/** Which fills: times are ms, 500 rows if no limit is named. */
export const userTradesParams = z
  .strictObject({
    symbol: symbolParam.optional(),
    /** Needs `symbol`. */
    orderId: idParam.optional(),
    ...period,
    fromId: idParam.optional(),
    limit: limitParam(1000),
  })
  .refine(({ orderId, symbol }) => orderId === undefined || symbol !== undefined, {
    path: ["orderId"],
    message: "needs symbol",
  })
  .refine(
    ({ fromId, startTime, endTime }) => fromId === undefined || (startTime === undefined && endTime === undefined),
    {
      message: "expected fromId or times, not both",
    },
  );
/** Parameters of `rest.trade.userTrades`. */
export type UserTradesParams = z.infer<typeof userTradesParams>;

/** `GET /api/v3/userTrades`, oldest first: of one market or of all; the last 7 days if no time is named. */
export const userTrades: AsterEndpoint<UserTradesParams, UserTrade[]> = {
  service: "spot",
  security: "signed",
  method: "GET",
  path: "/api/v3/userTrades",
  v1: "/api/v1/userTrades",
  v3: "/api/v3/userTrades",
  params: userTradesParams,
  answer: z.array(userTradeAnswer),
  lane: "read",
  weight: 5,
};
