// The mid leaned towards the thinner side, where the next trade is likelier.
import type { Touch } from "../touch.ts";

/**
 * `(bid · ask size + ask · bid size) / (bid size + ask size)`.
 *
 * @returns ticks, with a fraction; never outside bid and ask
 * @see Gatheral & Oomen (2010), Zero-intelligence realized variance estimation
 */
export function weightedTouch({ bid: [bid, bidSize], ask: [ask, askSize] }: Touch): number {
  return (bid * askSize + ask * bidSize) / (bidSize + askSize);
}
