// The market that the grid trades on, when it can be trusted.
import { type Ticks, ticks, type View } from "@bp/core";
import { touchOf } from "../touch.ts";
import type { GridParams } from "./params.ts";

/** One moment: the best bid and ask, and the price, all in ticks. */
export interface Market {
  readonly bid: Ticks;
  readonly ask: Ticks;
  /** The last print as far as the book still bears it out: never outside bid and ask. Without a print the mid, rounded down. */
  readonly price: Ticks;
}

/** The market now; `undefined` while the book is not whole, is older than `staleMs`, or a stream is down. */
export function marketNow(view: View, params: GridParams): Market | undefined {
  const touch = touchOf(view, params);
  if (touch === undefined) return undefined;
  const [bid] = touch.bid;
  const [ask] = touch.ask;
  const last = view.last(params.instrument) ?? Math.floor((bid + ask) / 2);
  return { bid, ask, price: ticks(Math.min(Math.max(last, bid), ask)) };
}

/** What a lot is worth: the mark, else the mid; in ticks, with a fraction. */
export function markNow(view: View, { instrument }: Pick<GridParams, "instrument">, { bid, ask }: Market): number {
  return view.mark(instrument)?.mark ?? (bid + ask) / 2;
}
