// The market of a ladder, when it can be trusted, and the two prices that it asks for.
import type { View } from "@bp/core";
import { type Touch, touchOf } from "../touch.ts";
import type { LadderParams } from "./params.ts";
import { stepOf } from "./rungs.ts";

/** One moment. */
export interface LadderMarket {
  readonly touch: Touch;
  /** The last print as far as the book still bears it out: never outside bid and ask; without a print the mid. In ticks. */
  readonly price: number;
}

/** The market now; `undefined` while the book is not whole, is older than `staleMs`, or a stream is down. */
export function ladderMarket(view: View, params: LadderParams): LadderMarket | undefined {
  const touch = touchOf(view, params);
  if (touch === undefined) return undefined;
  const [bid, ask] = [touch.bid[0], touch.ask[0]];
  const last = view.last(params.instrument) ?? (bid + ask) / 2;
  return { touch, price: Math.min(Math.max(last, bid), ask) };
}

/**
 * What a new ladder hangs from: the last print. One that is more than a rung's step away from the book is of another time
 * and is not believed; then it is the side of the book that is nearer.
 */
export function anchorOf(view: View, params: LadderParams, { price }: LadderMarket): number {
  const last = view.last(params.instrument);
  return last !== undefined && Math.abs(last - price) <= stepOf(params, price) ? last : price;
}
