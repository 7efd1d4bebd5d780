// Stream `liquidation`: positions that the venue closes.

import { decimal, type Stream } from "@bp/adapter";
import * as z from "zod";
import * as words from "../wire/enums.ts";
import { microseconds } from "../wire/time.ts";

/** A liquidation in some market. */
export const liquidationUpdate = z.object({
  e: z.literal("liquidation"),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  S: words.side, // of the order that closes the position
  p: decimal, // price
  q: decimal, // size, base
});
/** A liquidation in some market. */
export type LiquidationUpdate = z.infer<typeof liquidationUpdate>;

/**
 * Liquidations of all markets; there is no form for one. Days may pass between two of them.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Public/Liquidation
 */
export function liquidations(): Stream<LiquidationUpdate> {
  return { name: "liquidation", private: false, quiet: true, data: liquidationUpdate };
}
