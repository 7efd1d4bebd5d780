// GET /fapi/v3/positionMargin/history: changes of isolated margin.

import { decimal, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { orNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period, symbolParam } from "../../params.ts";

/** A change of margin. */
export const positionMarginChange = z.object({
  amount: decimal,
  asset: orNull(z.string()),
  symbol: z.string(),
  time: wholeNumber, // ms
  type: wholeNumber, // 1 added, 2 taken away
  positionSide: orNull(words.positionSide),
});
/** A change of isolated margin; `type` 1 added, 2 taken away. */
export type PositionMarginChange = z.infer<typeof positionMarginChange>;

/** Which changes: times are ms, 500 rows if no limit is named. */
export const positionMarginHistoryParams = z.strictObject({
  symbol: symbolParam,
  type: z.union([z.literal(1), z.literal(2)]).optional(),
  ...period,
  limit: limitParam(1000),
});
/** Parameters of `rest.account.positionMarginHistory`. */
export type PositionMarginHistoryParams = z.infer<typeof positionMarginHistoryParams>;

/** `GET /fapi/v3/positionMargin/history`, oldest first. */
export const positionMarginHistory: AsterEndpoint<PositionMarginHistoryParams, PositionMarginChange[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/positionMargin/history",
  v1: "/fapi/v1/positionMargin/history",
  v3: "/fapi/v3/positionMargin/history",
  params: positionMarginHistoryParams,
  answer: z.array(positionMarginChange),
  lane: "read",
  weight: 1,
};
