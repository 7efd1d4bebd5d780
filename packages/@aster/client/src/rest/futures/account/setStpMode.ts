// POST /fapi/v3/stpMode: whose order shall end when two of this account meet.
import * as z from "zod";
import { type Done, done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { stpModeParam } from "../trade/orderParams.ts";

/** The mode of orders that name none. */
export const setStpModeParams = z.strictObject({ stpMode: stpModeParam });
/** Parameters of `rest.account.setStpMode`. */
export type SetStpModeParams = z.infer<typeof setStpModeParams>;

/** `POST /fapi/v3/stpMode`, agents (V3) only. */
export const setStpMode: AsterEndpoint<SetStpModeParams, Done> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/stpMode",
  v3: "/fapi/v3/stpMode",
  params: setStpModeParams,
  answer: done,
  lane: "read",
  weight: 1,
};
