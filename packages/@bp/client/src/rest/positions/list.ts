// GET /api/v1/position: open positions.

import { decimal, decimalOrNull, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { marginFunction } from "../../wire/margin.ts";
import type { Endpoint } from "../endpoint.ts";

/** One net position a market; margin is cross. */
export const positionAnswer = z.object({
  symbol: z.string(),
  positionId: idOrNull,
  netQuantity: decimal, // base, signed
  netCost: decimal, // quote, signed: entry cost
  entryPrice: decimalOrNull,
  breakEvenPrice: decimalOrNull,
  markPrice: decimalOrNull,
  netExposureQuantity: decimalOrNull, // worst case with open orders
  netExposureNotional: decimalOrNull,
  pnlUnrealized: decimalOrNull,
  pnlRealized: decimalOrNull, // since it was opened
  cumulativeFundingPayment: decimalOrNull, // positive: received
  cumulativeInterest: decimalOrNull,
  imf: decimalOrNull, // fraction in force
  mmf: decimalOrNull,
  imfFunction: marginFunction,
  mmfFunction: marginFunction,
  estLiquidationPrice: decimalOrNull, // `0`: none; ask with a symbol to get it
  userId: idOrNull,
  subaccountId: z.number().nullish(),
});
/** The net position in one market, with its margin and results. Sizes are base and signed, money is quote. */
export type Position = z.infer<typeof positionAnswer>;
const positionsAnswer = z.array(positionAnswer);

/** Which positions: of one market, one kind of market, or all. */
export const positionsParams = z.strictObject({
  symbol: z.string().min(1).optional(),
  marketType: z.string().min(1).optional(),
});
/** Parameters of `rest.positions.list`. */
export type PositionsParams = z.infer<typeof positionsParams>;

/**
 * `GET /api/v1/position`, instruction `positionQuery`. Flat is `[]`; the venue's `RESOURCE_NOT_FOUND` is read as `[]` too, any other
 * 404 (an HTML page of the edge, for one) is not.
 *
 * @see https://docs.backpack.exchange/#tag/Position/operation/get_positions
 */
export const list: Endpoint<PositionsParams, Position[]> = {
  method: "GET",
  path: "/api/v1/position",
  instruction: "positionQuery",
  params: positionsParams,
  answer: positionsAnswer,
  lane: "read",
  instead: ({ status, code }) => (status === 404 && code === "RESOURCE_NOT_FOUND" ? { answer: [] } : undefined),
};
