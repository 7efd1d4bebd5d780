// The market that the grid trades on, when it can be trusted.
import { type Ticks, ticks, type View, venueOf } from "@bp/core";
import type { GridParams } from "./params.ts";

/** One moment: the best bid and ask, and the price, all in ticks. */
export interface Market {
  readonly bid: Ticks;
  readonly ask: Ticks;
  /** The last print as far as the book still bears it out: never outside bid and ask. Without a print the mid, rounded down. */
  readonly price: Ticks;
}

/** The market now; `undefined` while the book is not whole, is older than `staleMs`, or a stream is down. */
export function marketNow(view: View, { instrument, staleMs }: GridParams): Market | undefined {
  const { valid, bid, ask, at } = view.book(instrument);
  if (!valid || bid === undefined || ask === undefined || view.now - at > staleMs) return undefined;
  if (view.link(venueOf(instrument)) !== "up") return undefined;
  const last = view.last(instrument) ?? Math.floor((bid[0] + ask[0]) / 2);
  return { bid: bid[0], ask: ask[0], price: ticks(Math.min(Math.max(last, bid[0]), ask[0])) };
}

/** What a lot is worth: the mark, else the mid; in ticks, with a fraction. */
export function markNow(view: View, { instrument }: Pick<GridParams, "instrument">, { bid, ask }: Market): number {
  return view.mark(instrument)?.mark ?? (bid + ask) / 2;
}
