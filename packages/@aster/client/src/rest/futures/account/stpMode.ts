// GET /fapi/v3/stpMode: whose order ends when two of this account meet.
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** The account's own mode; orders may say another one. */
export const stpModeAnswer = z.object({ stpMode: words.stpMode });
/** The account's self-trade prevention. */
export type StpMode = z.infer<typeof stpModeAnswer>;

/** `GET /fapi/v3/stpMode`, agents (V3) only. What a fresh account has is not documented. */
export const stpMode: AsterEndpoint<undefined, StpMode> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/stpMode",
  v3: "/fapi/v3/stpMode",
  answer: stpModeAnswer,
  lane: "read",
  weight: 30,
};
