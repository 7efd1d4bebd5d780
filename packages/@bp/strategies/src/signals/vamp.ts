// The volume-adjusted mid price over a band of the book.
import type { Depth } from "./depth.ts";

/**
 * `Σ (bid · ask size + ask · bid size) / Σ (bid size + ask size)`, level by level from the touch outwards. With one level a
 * side it is the size-weighted touch. Where a side has fewer levels the other's surplus does not count.
 *
 * @param bids - the band's bids, best first
 * @param asks - the band's asks, best first
 * @returns ticks, with a fraction, within the band; `undefined` without a level on both sides
 * @see hftbacktest, tutorial on market making with a volume-adjusted mid
 */
export function vamp(bids: Depth, asks: Depth): number | undefined {
  let top = 0;
  let bottom = 0;
  for (const [at, [bid, bidSize]] of bids.entries()) {
    const level = asks[at];
    if (level === undefined) break;
    const [ask, askSize] = level;
    top += bid * askSize + ask * bidSize;
    bottom += bidSize + askSize;
  }
  return bottom === 0 ? undefined : top / bottom;
}
