// POST /fapi/v3/leverage: leverage of one market.

import { decimalOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";

/** The leverage as it is now. */
export const leverageAnswer = z.object({
  symbol: z.string(),
  leverage: wholeNumber,
  maxNotionalValue: decimalOrNull, // quote: the largest position at this leverage
});
/** The leverage of a market, and the largest position that it allows, in quote. */
export type Leverage = z.infer<typeof leverageAnswer>;

/** 1 to 125; most markets allow less. */
export const setLeverageParams = z.strictObject({ symbol: symbolParam, leverage: z.int().min(1).max(125) });
/** Parameters of `rest.account.setLeverage`. */
export type SetLeverageParams = z.infer<typeof setLeverageParams>;

/** `POST /fapi/v3/leverage`. Cannot be lowered while an isolated position is open (-4161). */
export const setLeverage: AsterEndpoint<SetLeverageParams, Leverage> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/leverage",
  v1: "/fapi/v1/leverage",
  v3: "/fapi/v3/leverage",
  params: setLeverageParams,
  answer: leverageAnswer,
  lane: "read",
  weight: 1,
};
