// Order-flow imbalance: what limit orders, cancels and trades at the touch add up to.
import type { Touch } from "../touch.ts";

/**
 * What one book event adds to the buying side less the selling side, in lots: demand that came or went at the bid, less supply
 * that came or went at the ask. Summed over a stretch it goes with the change of the mid, by a slope that is the steeper the
 * thinner the book is. Allocates nothing.
 *
 * @returns lots, signed; above 0: buying pressure
 * @see Cont, Kukanov & Stoikov (2014), The price impact of order book events, arXiv 1011.6402
 */
export function orderFlow(before: Touch, after: Touch): number {
  const [bidBefore, bidSizeBefore] = before.bid;
  const [askBefore, askSizeBefore] = before.ask;
  const [bid, bidSize] = after.bid;
  const [ask, askSize] = after.ask;
  return (
    (bid >= bidBefore ? bidSize : 0) -
    (bid <= bidBefore ? bidSizeBefore : 0) -
    (ask <= askBefore ? askSize : 0) +
    (ask >= askBefore ? askSizeBefore : 0)
  );
}
