// Event `outboundAccountPosition` of a spot account: balances that may have changed.
import { decimal } from "@bp/adapter";
import * as z from "zod";
import { wordOrNull } from "../../wire/enums.ts";
import { time, timeOrNull } from "../fields.ts";

/** Balances that may have changed. The venue's documentation calls it ACCOUNT_UPDATE in its heading. */
export const outboundAccountPosition = z.object({
  e: z.literal("outboundAccountPosition"),
  E: time, // ms
  T: timeOrNull, // ms
  u: timeOrNull, // ms; seen live
  m: wordOrNull, // reason: ORDER, WITHDRAW, ...; an open list
  B: z.array(
    z.object({
      a: z.string(), // asset
      f: decimal, // free
      l: decimal, // locked by orders
    }),
  ),
});
/** Balances of a spot account that may have changed. */
export type OutboundAccountPosition = z.infer<typeof outboundAccountPosition>;
