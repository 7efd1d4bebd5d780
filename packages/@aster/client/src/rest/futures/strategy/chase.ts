// POST /fapi/v3/chase: an order that the venue moves along with the best price.

import { decimal, decimalOrNull, decimalParam, id } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { flagOrNull } from "../../../wire/flag.ts";
import { orNull, unwrapped, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";
import { positionSideParam, sideParam, timeInForceParam } from "../trade/orderParams.ts";

/** A chase. */
export const chaseAnswer = z.object({
  strategyId: id,
  clientStrategyId: orNull(z.string()),
  symbol: z.string(),
  side: words.side,
  positionSide: orNull(words.positionSide),
  quantity: decimal, // base or quote, by `quantityUnit`
  quantityUnit: orNull(z.string()),
  reduceOnly: flagOrNull,
  chaseOffset: decimalOrNull, // quote per base
  chaseOffsetType: orNull(z.string()),
  maxChaseOffset: decimalOrNull, // quote per base, or percent
  maxChaseOffsetType: orNull(z.string()),
  timeInForce: orNull(words.timeInForce),
  strategyStatus: z.string(), // OFFSET_CANCELLED: it went too far
  bookTime: wholeOrNull, // ms
  updateTime: wholeOrNull, // ms
});
/** A chase order: `quantity` in the unit that `quantityUnit` names. */
export type Chase = z.infer<typeof chaseAnswer>;

/** What to chase. */
export const chaseParams = z.strictObject({
  symbol: symbolParam,
  side: sideParam,
  quantity: decimalParam,
  quantityUnit: z.enum(["BASE", "QUOTE"]),
  positionSide: positionSideParam.optional(),
  reduceOnly: z.boolean().optional(),
  /** Behind the best price, 0 or above, a multiple of the tick; 0 if left out. */
  chaseOffset: decimalParam.optional(),
  /** Only ABSOLUTE works. */
  chaseOffsetType: z.enum(["ABSOLUTE"]).optional(),
  /** Above 0; how far it may go from where it began. */
  maxChaseOffset: decimalParam.optional(),
  maxChaseOffsetType: z.enum(["ABSOLUTE", "PERCENTAGE"]).optional(),
  /** GTX if left out. */
  timeInForce: timeInForceParam.optional(),
  clientStrategyId: z
    .string()
    .regex(/^[.A-Z:/a-z0-9_-]{1,28}$/, "expected 1 to 28 of A-Z a-z 0-9 . : / _ -")
    .optional(),
});
/** Parameters of `rest.strategy.chase`. */
export type ChaseParams = z.infer<typeof chaseParams>;

/**
 * `POST /fapi/v3/chase`, agents (V3) only. The venue moves it about once a second to the best price less `chaseOffset`, and ends it beyond
 * `maxChaseOffset`. Taken back by `cancel`. Too slow for quotes; good for getting out. Sent once, like an order.
 */
export const chase: AsterEndpoint<ChaseParams, Chase> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/chase",
  v3: "/fapi/v3/chase",
  params: chaseParams,
  answer: unwrapped(chaseAnswer),
  lane: "trade",
  weight: 1,
  orders: 1,
};
