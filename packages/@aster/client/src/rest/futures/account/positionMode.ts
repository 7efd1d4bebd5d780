// GET /fapi/v3/positionSide/dual: one-way or hedge mode.
import * as z from "zod";
import { flag } from "../../../wire/flag.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `true`: hedge mode, positions are LONG and SHORT. */
export const positionModeAnswer = z.object({ dualSidePosition: flag });
/** `dualSidePosition` is true in hedge mode. */
export type PositionMode = z.infer<typeof positionModeAnswer>;

/** `GET /fapi/v3/positionSide/dual`. Compare it at the start with what you expect, and do not trade on a difference. */
export const positionMode: AsterEndpoint<undefined, PositionMode> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/positionSide/dual",
  v1: "/fapi/v1/positionSide/dual",
  v3: "/fapi/v3/positionSide/dual",
  answer: positionModeAnswer,
  lane: "read",
  weight: 30,
};
