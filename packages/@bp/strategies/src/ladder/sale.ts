// How low a sale may trade, and whether the market takes what is held at that price.
import { type Ticks, ticks, type View } from "@bp/core";
import { lowestSale } from "../caps.ts";
import { percent } from "../fraction.ts";
import { minimumSize } from "../minimum.ts";
import { mayReduce } from "../reduce.ts";
import type { Targets } from "./lot.ts";
import type { Sale } from "./memory.ts";
import type { LadderParams } from "./params.ts";

/** What a sale is about: `targets` are `undefined` when nothing is left that has a cost. */
export interface Selling {
  readonly gives: Sale["gives"];
  readonly targets: Targets | undefined;
}

/** The lowest price that a sale which takes may trade at: the cap below the bid, and for profit never below its floor. */
export function worstOf({ gives, targets }: Selling, { slippagePct }: LadderParams, bid: Ticks): Ticks {
  const cap = lowestSale(bid, percent(slippagePct));
  return gives || targets === undefined ? cap : ticks(Math.max(cap, targets.floor));
}

/**
 * Whether so much can be sold now: taken at the worst price it may get (venues judge an order by its own price), or for
 * profit also offered at the profit's price. What cannot be is left over.
 *
 * @param held - lots
 * @param bid - `undefined` while the market is unknown: then only what is below the minimum size is certain to be left over
 */
export function isSellable(
  held: number,
  selling: Selling,
  view: View,
  params: LadderParams,
  bid: Ticks | undefined,
): boolean {
  const { gives, targets } = selling;
  const instrument = view.instrument(params.instrument);
  const reduces = mayReduce(view, instrument.id, "sell");
  const takes = (price: Ticks) => held >= minimumSize(instrument, price, reduces);
  if (!gives) {
    if (targets === undefined) return false;
    if (takes(targets.takeProfit)) return true;
  }
  if (bid === undefined) return held >= instrument.minSize;
  const worst = worstOf(selling, params, bid);
  return (gives || bid >= worst) && takes(worst);
}
