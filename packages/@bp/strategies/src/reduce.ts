// Whether an order that closes may say so to the venue.
import type { InstrumentId, Side, View } from "@bp/core";

/**
 * Whether an order that closes own inventory may be `reduceOnly`: on a perpetual, while the user holds nothing on the other
 * side of the same account. The venue nets what is ours with what is the user's and refuses what does not reduce both.
 *
 * @param side - of the order that closes
 */
export function mayReduce(view: View, id: InstrumentId, side: Side): boolean {
  if (view.instrument(id).kind !== "perp") return false;
  const others = view.external(id) ?? 0;
  return side === "buy" ? others <= 0 : others >= 0;
}
