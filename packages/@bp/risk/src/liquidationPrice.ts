// Where a cross-margin account would be liquidated.
import type { MarginFunction } from "@bp/core";
import { marginRate } from "./wallet.ts";

/** One position of an account whose margin is shared. Quote and base of its market, as numbers: the answer is an estimate. */
export interface Carried {
  /** Base, signed; not 0. */
  readonly size: number;
  /** The mark now, quote per base. */
  readonly mark: number;
  /** Quote: what carries the position and all others, with the unrealized result of all of them at their marks. */
  readonly equity: number;
  /** What the market asks for a position to stay open. */
  readonly maintenance: MarginFunction;
  /** Quote: the maintenance margin of all other positions that the same equity carries; 0 by default. */
  readonly elsewhere?: number;
}

/**
 * The mark at which equity has fallen to the maintenance margin, were only this market to move:
 *
 * `equity + size × (price − mark) = elsewhere + |size| × price × rate(|size| × price)`
 *
 * with `rate(n) = max(base, factor × sqrt(n))`, solved by putting the price found into the rate again. Fees of the
 * liquidation, funding still to come and other collateral are not in it.
 *
 * @returns quote per base; on the wrong side of the mark it means that the account is due already: 0 for a short that is due
 *   at every price. `undefined` for a long that no price above 0 would end
 * @see Backpack's market list, `mmfFunction`; "liquidation starts when the margin fraction falls to the account's mmf" in
 *   its documentation of the account. Aster's estimate for one position is the same with its bracket's rate
 */
export function liquidationPrice({ size, mark, equity, maintenance, elsewhere = 0 }: Carried): number | undefined {
  const amount = Math.abs(size);
  let price = mark;
  for (let turn = 0; turn < turns; turn++) {
    const next = (size * mark + elsewhere - equity) / (size - amount * marginRate(maintenance, amount * price));
    if (!Number.isFinite(next)) return undefined;
    if (next <= 0) return size > 0 ? undefined : 0;
    const near = Math.abs(next - price) <= price * 1e-12;
    price = next;
    if (near) break;
  }
  return price;
}

/** More than the rate needs: each turn is nearer by its slope, some hundredths. */
const turns = 50;
