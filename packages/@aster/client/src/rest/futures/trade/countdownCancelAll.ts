// POST /fapi/v3/countdownCancelAll: the dead man's switch.

import { wholeNumber } from "@bp/adapter";
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";

/** The countdown as it runs now; the venue writes it as text. */
export const countdownAnswer = z.object({ symbol: z.string(), countdownTime: wholeNumber }); // ms
/** The countdown as it runs now, ms; 0: none. */
export type Countdown = z.infer<typeof countdownAnswer>;

/** Which market, and how long. */
export const countdownParams = z.strictObject({
  symbol: symbolParam,
  /** ms; 0 stops it. */
  countdownTime: z.int().min(0),
});
/** Parameters of `rest.trade.countdownCancelAll`. */
export type CountdownParams = z.infer<typeof countdownParams>;

/**
 * `POST /fapi/v3/countdownCancelAll`: takes back all orders of one market when the countdown ends. Each call begins it anew, 0 stops it. The
 * venue's pattern: 120000 every 30 s. Uses the reserved share of the budget; costs 10 a market and call. There is none for spot.
 */
export const countdownCancelAll: AsterEndpoint<CountdownParams, Countdown> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/countdownCancelAll",
  v1: "/fapi/v1/countdownCancelAll",
  v3: "/fapi/v3/countdownCancelAll",
  params: countdownParams,
  answer: countdownAnswer,
  lane: "cancel",
  weight: 10,
};
