// POST /fapi/v3/positionSide/dual: one-way or hedge mode, for the whole account.
import * as z from "zod";
import { already, type Done, done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `true`: hedge mode. */
export const setPositionModeParams = z.strictObject({ dualSidePosition: z.boolean() });
/** Parameters of `rest.account.setPositionMode`. */
export type SetPositionModeParams = z.infer<typeof setPositionModeParams>;

/**
 * `POST /fapi/v3/positionSide/dual`: refused while orders or positions are open. -4059 (it is so already) is an answer: `changed` is false.
 */
export const setPositionMode: AsterEndpoint<SetPositionModeParams, Done> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/positionSide/dual",
  v1: "/fapi/v1/positionSide/dual",
  v3: "/fapi/v3/positionSide/dual",
  params: setPositionModeParams,
  answer: done,
  lane: "read",
  weight: 1,
  instead: already("-4059", "No need to change position side."),
};
