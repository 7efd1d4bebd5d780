// POST /fapi/v3/positionMargin: more or less margin for an isolated position.

import { decimal, decimalParam, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";
import { positionSideParam } from "../trade/orderParams.ts";

/** What was changed. */
export const positionMarginAnswer = z
  .object({
    amount: decimal,
    type: wholeNumber,
    code: z.union([z.number(), z.string()]).nullish(),
    msg: z.string().nullish(),
  })
  .refine(({ code }) => Number(code ?? 200) === 200, { path: ["code"], message: "expected 200" })
  .transform(({ amount, type }) => ({ amount, type }));
/** `amount` in the margin asset; `type` 1 added, 2 taken away. */
export type PositionMargin = z.infer<typeof positionMarginAnswer>;

/** How much; `type` 1 adds, 2 takes away. */
export const changePositionMarginParams = z.strictObject({
  symbol: symbolParam,
  /** Needed in hedge mode. */
  positionSide: positionSideParam.optional(),
  amount: decimalParam,
  type: z.union([z.literal(1), z.literal(2)]),
});
/** Parameters of `rest.account.changePositionMargin`. */
export type ChangePositionMarginParams = z.infer<typeof changePositionMarginParams>;

/** `POST /fapi/v3/positionMargin`. Sent once: adding twice adds twice. */
export const changePositionMargin: AsterEndpoint<ChangePositionMarginParams, PositionMargin> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/positionMargin",
  v1: "/fapi/v1/positionMargin",
  v3: "/fapi/v3/positionMargin",
  params: changePositionMarginParams,
  answer: positionMarginAnswer,
  lane: "read",
  weight: 1,
};
