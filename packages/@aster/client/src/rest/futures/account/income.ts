// GET /fapi/v3/income: what the balance was made of.

import { decimal, id, idOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { orNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period, symbolParam } from "../../params.ts";

/** A change of the balance. */
export const incomeAnswer = z.object({
  symbol: z.string(), // empty where no market is meant
  incomeType: words.incomeType,
  income: decimal, // of `asset`, below 0 for what was paid
  asset: z.string(),
  info: orNull(z.string()),
  time: wholeNumber, // ms
  tranId: id, // unique among those of one `incomeType`
  tradeId: idOrNull, // empty where no trade is meant
});
/** A change of the balance: `income` of `asset`, below 0 for what was paid. */
export type Income = z.infer<typeof incomeAnswer>;

/** Which changes: times are ms, 100 rows if no limit is named. */
export const incomeParams = z.strictObject({
  symbol: symbolParam.optional(),
  incomeType: z.string().min(1).optional(),
  ...period,
  limit: limitParam(1000),
});
/** Parameters of `rest.account.income`. */
export type IncomeParams = z.infer<typeof incomeParams>;

/** `GET /fapi/v3/income`, oldest first; the last 7 days if no time is named. */
export const income: AsterEndpoint<IncomeParams, Income[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/income",
  v1: "/fapi/v1/income",
  v3: "/fapi/v3/income",
  params: incomeParams,
  answer: z.array(incomeAnswer),
  lane: "read",
  weight: 30,
};
