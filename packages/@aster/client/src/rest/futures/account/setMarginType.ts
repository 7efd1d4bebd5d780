// POST /fapi/v3/marginType: cross or isolated margin of one market.
import * as z from "zod";
import { already, type Done, done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";

/** Which market, and which margin. */
export const setMarginTypeParams = z.strictObject({ symbol: symbolParam, marginType: z.enum(["ISOLATED", "CROSSED"]) });
/** Parameters of `rest.account.setMarginType`. */
export type SetMarginTypeParams = z.infer<typeof setMarginTypeParams>;

/**
 * `POST /fapi/v3/marginType`. -4046 (it is so already) is an answer: `changed` is false. Multi-assets mode knows cross alone (-4168).
 */
export const setMarginType: AsterEndpoint<SetMarginTypeParams, Done> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/marginType",
  v1: "/fapi/v1/marginType",
  v3: "/fapi/v3/marginType",
  params: setMarginTypeParams,
  answer: done,
  lane: "read",
  weight: 1,
  instead: already("-4046", "No need to change margin type."),
};
