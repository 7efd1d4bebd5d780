// Offering more of what there is too much of, and bidding for less.

/**
 * Factors for the sizes of both sides: at the target 1 and 1, at a whole range below it bids 2 and asks 0, at a range above it
 * bids 0 and asks 2, straight in between.
 *
 * @param value - what is held, in any unit
 * @param target - what should be held, in the same
 * @param range - how far off is far, in the same; above 0
 * @see Hummingbot, inventory skew of pure market making
 */
export function sizeSkew(value: number, target: number, range: number): { readonly bid: number; readonly ask: number } {
  const off = Math.max(-1, Math.min(1, (value - target) / range));
  return { bid: 1 - off, ask: 1 + off };
}
