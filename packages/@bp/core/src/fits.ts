// What the venue takes: its filters as one function.
import { type Instrument, priceText, sizeText } from "./instrument.ts";
import { leastUnits, notionalOf } from "./money.ts";
import type { RejectReason } from "./reject.ts";
import type { Side } from "./side.ts";
import type { Lots, Ticks } from "./units.ts";

/** An order as far as filters care. */
export interface Candidate {
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
}

/**
 * Whether the venue's filters let an order through, so that it can be refused here before it costs a request.
 *
 * @param mark - ticks, for the price band; `undefined` skips the band
 * @returns `undefined` if it fits, else the first reason found and a sentence with the figures
 */
export function fits(
  instrument: Instrument,
  order: Candidate,
  mark?: number,
): { readonly reason: RejectReason; readonly text: string } | undefined {
  const { state, band, minSize, maxSize, minPrice, maxPrice } = instrument;
  if (state === "closed" || state === "cancel-only") return { reason: "closed", text: `${instrument.id} is ${state}` };
  if (state === "post-only" && !order.postOnly)
    return { reason: "closed", text: `${instrument.id} takes post-only orders only` };
  if (order.size < minSize)
    return {
      reason: "below-minimum",
      text: `size ${sizeText(instrument, order.size)} is below ${sizeText(instrument, minSize)}`,
    };
  if (maxSize !== undefined && order.size > maxSize)
    return {
      reason: "other",
      text: `size ${sizeText(instrument, order.size)} is above ${sizeText(instrument, maxSize)}`,
    };
  if (order.price < minPrice || (maxPrice !== undefined && order.price > maxPrice))
    return { reason: "price-band", text: `price ${priceText(instrument, order.price)} is outside the market's bounds` };
  if (!order.reduceOnly && order.price * order.size < leastUnits(instrument))
    return {
      reason: "below-minimum",
      text: `notional ${notionalOf(instrument, order.price, order.size).toFixed()} is below ${instrument.minNotional} ${instrument.quote}`,
    };
  if (band !== undefined && mark !== undefined && (order.price > mark * band.max || order.price < mark * band.min))
    return {
      reason: "price-band",
      text: `price ${priceText(instrument, order.price)} is outside ${band.min} to ${band.max} of the mark`,
    };
  return undefined;
}
