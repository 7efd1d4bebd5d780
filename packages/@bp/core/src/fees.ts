// What a trade costs, and in which asset it is paid.
import { Big } from "big.js";
import type { Instrument } from "./instrument.ts";
import { notionalOf, priceToBig, sizeToBig } from "./money.ts";
import type { Side } from "./side.ts";
import type { Decimal, Lots, Ticks } from "./units.ts";

/**
 * The fee of a trade as the venues charge it: a spot buy pays in base, everything else in quote.
 *
 * @returns amount in `asset`; negative is a rebate
 * @see Backpack fee programme: spot buys are charged in the asset received
 */
export function feeOf(
  instrument: Instrument,
  trade: { readonly side: Side; readonly price: Ticks; readonly size: Lots; readonly liquidity: "maker" | "taker" },
): { readonly amount: Big; readonly asset: string } {
  const rate = instrument.fees[trade.liquidity];
  if (instrument.kind === "spot" && trade.side === "buy")
    return { amount: sizeToBig(instrument, trade.size).times(rate), asset: instrument.base };
  return { amount: notionalOf(instrument, trade.price, trade.size).times(rate), asset: instrument.quote };
}

/**
 * What the fee of a trade comes to in quote: one in base counts at the price of its trade.
 *
 * @param trade - its fee in quote or base; one in a third asset has no price here and must be left out before
 * @returns quote; below 0 for a rebate
 */
export function feeInQuote(
  instrument: Instrument,
  trade: { readonly price: Ticks; readonly fee: Decimal; readonly feeAsset: string },
): Big {
  return trade.feeAsset === instrument.quote
    ? new Big(trade.fee)
    : priceToBig(instrument, trade.price).times(trade.fee);
}
