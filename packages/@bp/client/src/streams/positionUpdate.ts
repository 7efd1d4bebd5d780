// Stream `account.positionUpdate`: what happens to our positions.

import { decimal, decimalOrNull, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../wire/time.ts";

/** Figures are text live and bare numbers in the docs. Frames without `e` tell the positions that stand at the subscription. */
export const positionUpdate = z.object({
  e: z.string().nullish(), // positionOpened, positionAdjusted, positionClosed
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  i: idOrNull, // position id
  q: decimal, // net size, base, signed
  Q: decimalOrNull, // exposure with open orders, base
  n: decimalOrNull, // exposure, quote
  B: decimalOrNull, // **entry** price
  b: decimalOrNull, // break-even price, not the entry
  M: decimalOrNull, // mark price
  f: decimalOrNull, // initial margin, fraction
  m: decimalOrNull, // maintenance margin, fraction
  P: decimalOrNull, // profit, unrealized
  p: decimalOrNull, // profit, realized
});
/** One position of ours now: `q` signed base, `B` the entry price. */
export type PositionUpdate = z.infer<typeof positionUpdate>;

/** One position or a list of them: which of the two comes at the subscription is not known, so both are read. */
export const positionUpdateData = z
  .union([positionUpdate, z.array(positionUpdate)])
  .transform((data): PositionUpdate[] => (Array.isArray(data) ? data : [data]));

/**
 * Our positions, of all markets or of one. Private. Each frame is given as a list, mostly of one.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Private/Position-update
 */
export function positionUpdates(symbol?: string): Stream<PositionUpdate[]> {
  const name = symbol === undefined ? "account.positionUpdate" : `account.positionUpdate.${symbol}`;
  return { name, private: true, data: positionUpdateData };
}
