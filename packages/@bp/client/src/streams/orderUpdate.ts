// Stream `account.orderUpdate`: what happens to our orders.

import { decimal, decimalOrNull, id, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "../wire/clientId.ts";
import * as words from "../wire/enums.ts";
import { microseconds } from "../wire/time.ts";

/** What happened. `orderModified`: a resting reduce-only order was made smaller by the venue. */
export type OrderUpdateEvent =
  | "orderAccepted"
  | "orderCancelled"
  | "orderExpired"
  | "orderFill"
  | "orderModified"
  | "triggerPlaced"
  | "triggerFailed";

/** Something happened to an order. There is no sequence number: `t` tells fills apart, a jump of `z` tells a lost one. */
export const orderUpdate = z.object({
  e: z.custom<words.Open<OrderUpdateEvent>>((value) => typeof value === "string", "expected a word"),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  i: id, // order id
  c: clientIdOrNull, // our own number
  S: words.side,
  o: words.orderType, // upper case here
  f: words.timeInForce.nullish(),
  q: decimalOrNull, // size, base; `0` on waiting triggers
  Q: decimalOrNull, // size, quote
  p: decimalOrNull, // limit price
  P: decimalOrNull, // trigger price
  B: words.triggerBy.nullish(), // what the trigger looks at
  Y: z.union([z.string(), z.number().transform(String)]).nullish(), // size of a trigger: a number or a percentage, `80%`
  a: decimalOrNull, // take profit: trigger price
  d: words.triggerBy.nullish(), // take profit: what the trigger looks at
  j: decimalOrNull, // take profit: limit price
  b: decimalOrNull, // stop loss: trigger price
  g: words.triggerBy.nullish(), // stop loss: what the trigger looks at
  k: decimalOrNull, // stop loss: limit price
  X: words.orderStatus,
  R: words.expiryReason.nullish(), // orderExpired
  t: idOrNull, // trade id; orderFill
  l: decimalOrNull, // size of **this** fill
  L: decimalOrNull, // price of this fill
  z: decimal, // all executed so far, base
  Z: decimalOrNull, // all executed so far, quote
  m: z.boolean().nullish(), // we rested; orderFill
  n: decimalOrNull, // fee of this fill
  N: z.string().nullish(), // its asset
  V: words.selfTradePrevention.nullish(),
  O: words.origin.nullish(), // USER, or the venue itself
  I: idOrNull, // related order
  H: idOrNull, // strategy
  y: z.boolean().nullish(), // post-only
  r: z.boolean().nullish(), // reduce-only
});
/** What happened to one order of ours: `l` and `L` are this fill, `z` everything so far. */
export type OrderUpdate = z.infer<typeof orderUpdate>;

/**
 * Our orders, of all markets or of one. Private.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Private/Order-update
 */
export function orderUpdates(symbol?: string): Stream<OrderUpdate> {
  const name = symbol === undefined ? "account.orderUpdate" : `account.orderUpdate.${symbol}`;
  return { name, private: true, data: orderUpdate };
}
