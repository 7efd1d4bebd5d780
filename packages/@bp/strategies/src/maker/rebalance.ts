// Spot: when the share of base in the wallet has drifted too far, how much to trade to bring it back.
import { gridsOf, type Instrument, priceToBig, roundToGrid, type Side, sizeToBig, type View, venueOf } from "@bp/core";
import type { Touch } from "../touch.ts";
import type { MakerParams } from "./params.ts";

/** A trade that brings the wallet back to its target share. */
export interface Rebalance {
  readonly side: Side;
  /** Lots, above 0. */
  readonly size: number;
  readonly why: string;
}

/**
 * How to rebalance, all the way back to the target, once the share of base is off by strictly more than the threshold.
 * Values are taken at the mid; both balances count whole, locked parts too. At most 95 % of either balance is used.
 *
 * @returns `undefined` when there is nothing to do, when base and quote together are worth less than ten minimum orders,
 *   or when a balance is not known
 */
export function rebalanceOf(
  view: View,
  params: MakerParams,
  instrument: Instrument,
  { bid, ask }: Touch,
): Rebalance | undefined {
  const venue = venueOf(instrument.id);
  const base = view.balance(venue, instrument.base)?.total;
  const quote = view.balance(venue, instrument.quote)?.total;
  if (base === undefined || quote === undefined) return undefined;
  const { baseTargetPct, thresholdPct } = params.rebalance;
  const price = priceToBig(instrument, bid[0]).plus(priceToBig(instrument, ask[0])).div(2);
  const value = base.times(price);
  const total = value.plus(quote);
  if (total.lte(0) || total.lt(sizeToBig(instrument, instrument.minSize).times(price).times(10))) return undefined;
  const ideal = total.times(baseTargetPct).div(100);
  const drift = value.minus(ideal);
  if (drift.abs().times(100).lte(total.times(thresholdPct))) return undefined;
  const wanted = drift.abs().div(price);
  const affordable = drift.gt(0) ? base.times("0.95") : quote.times("0.95").div(priceToBig(instrument, ask[0]));
  const size = roundToGrid(wanted.lt(affordable) ? wanted : affordable, gridsOf(instrument).size, "floor");
  if (size < instrument.minSize) return undefined;
  const share = value.times(100).div(total).toFixed(2);
  const side = drift.gt(0) ? "sell" : "buy";
  return {
    side,
    size,
    why: `rebalance: ${share} % in ${instrument.base}, target ${baseTargetPct} %, tolerance ${thresholdPct} points`,
  };
}
