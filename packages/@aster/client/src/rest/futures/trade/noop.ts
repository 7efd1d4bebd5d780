// POST /fapi/v3/noop: uses up the nonce of an order before the order does.
import * as z from "zod";
import { done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** The nonce of the order that shall not be. */
export const noopParams = z.strictObject({ nonce: z.int().min(1) });
/** Parameters of `rest.trade.noop`. */
export type NoopParams = z.infer<typeof noopParams>;

/** `used`: the order that has this nonce is refused when it comes. `too-late`: the nonce was used before, by the order. */
export interface NoopOutcome {
  readonly outcome: "used" | "too-late";
}

/**
 * `POST /fapi/v3/noop`, agents (V3) only: with the nonce of an order that may still be on its way (`onNonce` told it). If it wins, that
 * order is refused with -4225 and is not sent again. Neither is certain: look for the order by its client id. Uses the
 * reserved share of the budget.
 */
export const noop: AsterEndpoint<NoopParams, NoopOutcome> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/noop",
  v3: "/fapi/v3/noop",
  params: noopParams,
  answer: done.transform((): NoopOutcome => ({ outcome: "used" })),
  lane: "cancel",
  weight: 1,
  reusesNonce: true,
  instead: ({ code }) => (code === "-4225" ? { answer: { outcome: "too-late" } } : undefined),
};
