// The order that rests: where, how much of it, and when it has to move.
import { lots, type Quote, type Side, type Ticks, ticks, type View } from "@bp/core";
import { minimumSize } from "../minimum.ts";
import { mayReduce } from "../reduce.ts";
import type { HedgeMemory } from "./memory.ts";
import { feeAtoms, type Touches } from "./pair.ts";
import type { HedgeParams } from "./params.ts";
import { highestLead, legPrice, lowestLead } from "./prices.ts";
import type { Scale } from "./scale.ts";
import { edgeTerms } from "./tally.ts";
import { takingPrice, xemmBuy, xemmMargin, xemmSell } from "./xemm.ts";

/** Which leg, and the side that it trades. */
export interface Leg {
  readonly slot: "leg1" | "leg2";
  readonly side: Side;
}

/** The leg that a phase is about. */
export function legOf(phase: "leg1" | "leg2", { sideFirst }: HedgeParams): Leg {
  const side = (phase === "leg1") === (sideFirst === "sell") ? "sell" : "buy";
  return { slot: phase, side };
}

/** What is left of a leg, in lots of the lead: the first opens the quantity, the second closes what is open. */
export function restOf({ slot }: Leg, memory: HedgeMemory, scale: Scale): number {
  const open = Math.abs(memory.pair.lead);
  const left = slot === "leg1" ? scale.quantity - open - feeAtoms(memory, scale) : open;
  return Math.max(0, Math.trunc(left / scale.leadLot));
}

/** What a leg is priced from: the last price, or the middle where nothing has traded yet. In ticks. */
export function basisOf(view: View, { lead }: HedgeParams): number | undefined {
  return view.last(lead) ?? view.book(lead).mid();
}

/**
 * The order of a leg as it should rest now; `undefined` where the market gives no price, or the rest is too little to place.
 *
 * @param rest - lots
 */
export function quoteOf(
  leg: Leg,
  rest: number,
  view: View,
  params: HedgeParams,
  scale: Scale,
  touches: Touches,
): Quote | undefined {
  const price = priceOf(leg, rest, view, params, scale, touches);
  if (price === undefined) return undefined;
  const { lead } = scale;
  const reduceOnly = leg.slot === "leg2" && mayReduce(view, lead.id, leg.side);
  if (rest < minimumSize(lead, price, reduceOnly)) return undefined;
  const { slot, side } = leg;
  const quote: Quote = {
    kind: "quote",
    instrument: lead.id,
    slot,
    side,
    price,
    size: lots(rest),
    postOnly: params.postOnly,
  };
  return reduceOnly ? { ...quote, reduceOnly } : quote;
}

function priceOf(
  { slot, side }: Leg,
  rest: number,
  view: View,
  params: HedgeParams,
  scale: Scale,
  { lead, hedge }: Touches,
): Ticks | undefined {
  const basis = basisOf(view, params);
  if (basis === undefined || lead === undefined || hedge === undefined) return undefined;
  let price = params.xemm.enabled
    ? xemmPrice(side, rest, view, params, scale)
    : legPrice(basis, side, scale.offset, params.rounding);
  if (price === undefined) return undefined;
  if (scale.edge !== undefined && slot === "leg1") {
    const terms = edgeTerms(scale, scale.edge);
    if (side === "sell") price = ticks(Math.max(price, lowestLead(hedge.ask[0], terms)));
    else price = ticks(Math.min(price, highestLead(hedge.bid[0], terms)));
  }
  if (!params.postOnly) return price;
  return side === "sell" ? ticks(Math.max(price, lead.bid[0] + 1)) : ticks(Math.min(price, lead.ask[0] - 1));
}

/** The lead's price for a margin over what the hedge would cost now. */
function xemmPrice(side: Side, rest: number, view: View, params: HedgeParams, scale: Scale): Ticks | undefined {
  const terms = xemmTerms(side, rest, view, params, scale);
  if (terms === undefined) return undefined;
  const margin = Number(params.xemm.marginPct) / 100;
  return side === "sell"
    ? ticks(Math.ceil(xemmSell({ ...terms, margin })))
    : ticks(Math.floor(xemmBuy({ ...terms, margin })));
}

function xemmTerms(side: Side, rest: number, view: View, params: HedgeParams, scale: Scale) {
  const { tickRatio, lead, hedge, leadLot, hedgeLot } = scale;
  const size = Math.max(1, Math.ceil((rest * leadLot) / hedgeLot));
  const taken = takingPrice(view.book(params.hedge).levels(side === "sell" ? "ask" : "bid", 20), size);
  if (taken === undefined) return undefined;
  const cost = Number(lead.fees.maker) + Number(hedge.fees.taker) + Number(params.xemm.slippagePct) / 100;
  return { taking: (taken * Number(tickRatio.top)) / Number(tickRatio.bottom), cost };
}

/** Whether the resting order's margin has left its band: the hedge's market has moved away from it or towards it. */
export function hasLeftBand(quote: Quote, view: View, params: HedgeParams, scale: Scale): boolean {
  if (!params.xemm.enabled) return false;
  const terms = xemmTerms(quote.side, quote.size, view, params, scale);
  if (terms === undefined) return false;
  const margin = xemmMargin(quote.side, quote.price, terms) * 100;
  return margin < Number(params.xemm.minMarginPct) || margin > Number(params.xemm.maxMarginPct);
}
