// GET /fapi/v3/forceOrders: orders by which the venue has closed positions of this account.
import * as z from "zod";
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period, symbolParam } from "../../params.ts";

/** Which orders: times are ms, 50 rows if no limit is named. */
export const forceOrdersParams = z.strictObject({
  symbol: symbolParam.optional(),
  autoCloseType: z.enum(["LIQUIDATION", "ADL"]).optional(),
  ...period,
  limit: limitParam(100),
});
/** Parameters of `rest.trade.forceOrders`. */
export type ForceOrdersParams = z.infer<typeof forceOrdersParams>;

/**
 * `GET /fapi/v3/forceOrders`, oldest first: liquidations (client ids `autoclose-…`) and ADL (`adl_autoclose`). Costs 20 for a market,
 * 50 for all.
 */
export const forceOrders: AsterEndpoint<ForceOrdersParams, FuturesOrder[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/forceOrders",
  v1: "/fapi/v1/forceOrders",
  v3: "/fapi/v3/forceOrders",
  params: forceOrdersParams,
  answer: z.array(futuresOrder),
  lane: "read",
  weight: ({ symbol }) => (symbol === undefined ? 50 : 20),
};
