// GET /fapi/v1/remainingOpenableNotionalValue: how much more can be opened.

import { decimal } from "@bp/adapter";
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";

/** What is left. */
export const remainingAnswer = z.object({ remainingOpenableNotionalValue: decimal }); // USDT
/** What can still be opened, USDT. */
export type Remaining = z.infer<typeof remainingAnswer>;

/** Which market, at which leverage. */
export const remainingParams = z.strictObject({ symbol: symbolParam, leverage: z.int().min(1).max(125) });
/** Parameters of `rest.account.remainingOpenableNotionalValue`. */
export type RemainingParams = z.infer<typeof remainingParams>;

/** `GET /fapi/v1/remainingOpenableNotionalValue`: V1 keys only. */
export const remainingOpenableNotionalValue: AsterEndpoint<RemainingParams, Remaining> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v1/remainingOpenableNotionalValue",
  v1: "/fapi/v1/remainingOpenableNotionalValue",
  params: remainingParams,
  answer: remainingAnswer,
  lane: "read",
  weight: 20,
};
