// POST /fapi/v3/mmp: market maker protection on.

import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { type Done, doneOrTrue } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";

/** After so much was filled within the window, quotes of this market are frozen. */
export const setMmpParams = z.strictObject({
  symbol: symbolParam,
  windowTimeInMilliseconds: z.int().min(0),
  frozenTimeInMilliseconds: z.int().min(0),
  /** Base. */
  qtyLimit: decimalParam.optional(),
  /** Quote. */
  valueLimit: decimalParam.optional(),
  /** Base, bought less sold. */
  deltaLimit: decimalParam.optional(),
});
/** Parameters of `rest.account.setMmp`. */
export type SetMmpParams = z.infer<typeof setMmpParams>;

/** `POST /fapi/v3/mmp`, agents (V3) only. How an order is marked as one of a market maker is not documented (doubtful). */
export const setMmp: AsterEndpoint<SetMmpParams, Done> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/mmp",
  v3: "/fapi/v3/mmp",
  params: setMmpParams,
  answer: doneOrTrue,
  lane: "read",
  weight: 1,
};
