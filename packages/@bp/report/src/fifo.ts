// First in, first out: which buy a sale closes, and what that earned.
import { Big, type Side } from "@bp/core";

/** A part of a position that was opened at one price. */
export interface Lot {
  /** Base, signed: positive long, negative short. Never 0. */
  readonly size: Big;
  /** Quote per base. */
  readonly price: Big;
}

const zero = new Big(0);

/**
 * Adds a trade to a row of lots, the oldest first. A trade against them closes the oldest; what goes beyond opens the
 * other side.
 *
 * @param trade - `size` in base, above 0; `price` in quote per base
 * @returns the lots after it, all of one sign, and the profit taken in quote, before fees, exact
 * @example
 * // 0.2 at 100 and 0.1 at 101 bought, 0.25 at 102 sold: 0.2 × 2 + 0.05 × 1 = 0.45; 0.05 at 101 stay
 */
export function matchFifo(
  lots: readonly Lot[],
  trade: { readonly side: Side; readonly price: Big; readonly size: Big },
): { readonly lots: readonly Lot[]; readonly realized: Big } {
  const sign = trade.side === "buy" ? 1 : -1;
  let rest = trade.size;
  let realized = zero;
  let closed = 0; // lots that are gone whole
  let cut: Lot | undefined; // the one that keeps a part
  for (const lot of lots) {
    if (lot.size.s === sign || rest.eq(0)) break;
    const there = lot.size.abs();
    const part = there.lt(rest) ? there : rest;
    // a short was opened by selling at lot.price: bought back lower, it earns
    realized = realized.plus(trade.price.minus(lot.price).times(part).times(-sign));
    rest = rest.minus(part);
    if (part.lt(there)) {
      cut = { size: lot.size.plus(part.times(sign)), price: lot.price };
      break;
    }
    closed += 1;
  }
  const kept = cut === undefined ? lots.slice(closed) : [cut, ...lots.slice(closed + 1)];
  return { lots: rest.gt(0) ? [...kept, { size: rest.times(sign), price: trade.price }] : kept, realized };
}

/** What lots add up to: signed base, and signed cost in quote. */
export function sumOfLots(lots: readonly Lot[]): { readonly size: Big; readonly cost: Big } {
  let size = zero;
  let cost = zero;
  for (const lot of lots) {
    size = size.plus(lot.size);
    cost = cost.plus(lot.size.times(lot.price));
  }
  return { size, cost };
}
