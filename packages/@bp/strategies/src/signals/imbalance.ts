// How unevenly a book is filled, and a fair price that follows it.
import { type Depth, sizeOf } from "./depth.ts";

/** `(bids - asks) / (bids + asks)` of the sizes, -1 to 1; 0 for two empty sides. */
export function depthImbalance(bids: Depth, asks: Depth): number {
  const [bid, ask] = [sizeOf(bids), sizeOf(asks)];
  return bid + ask === 0 ? 0 : (bid - ask) / (bid + ask);
}

/**
 * The mid moved towards the thinner side by a share of the half-spread.
 *
 * @param bid - best bid, ticks
 * @param ask - best ask, ticks
 * @param imbalance - of the depth that counts, -1 to 1
 * @param strength - 0 to 1: at 1 a wholly one-sided book puts it on the touch
 * @returns ticks, with a fraction; never outside bid and ask
 * @see hftbacktest, tutorial on market making with the imbalance of the book
 */
export function imbalanceFair(bid: number, ask: number, imbalance: number, strength: number): number {
  return (bid + ask) / 2 + ((ask - bid) / 2) * imbalance * strength;
}
