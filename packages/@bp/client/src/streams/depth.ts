// Stream `depth.<symbol>`: changes of the order book.

import { levels, type Stream, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** Absolute sizes; one equal to zero removes the level. `U`..`u` follow on from the frame before without a gap. */
export const depthUpdate = z.object({
  e: z.literal("depth"),
  E: microseconds.nullish(), // when it left the venue, µs
  T: microseconds, // engine time, µs; of the last change in it
  s: z.string(), // symbol
  U: wholeNumber, // first update id in this frame
  u: wholeNumber, // last update id in this frame
  b: levels, // bids
  a: levels, // asks
});
/** A frame of depth changes, ids `U` to `u`. */
export type DepthUpdate = z.infer<typeof depthUpdate>;

/** Every change, or what changed in a period. */
export type DepthPeriod = "200ms" | "600ms" | "1000ms";

/**
 * The depth stream of a market. Frames come only when something changes: silence is no fault by itself.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Depth
 */
export function depth(symbol: string, period?: DepthPeriod): Stream<DepthUpdate> {
  return {
    name: period === undefined ? `depth.${symbol}` : `depth.${period}.${symbol}`,
    private: false,
    data: depthUpdate,
  };
}
