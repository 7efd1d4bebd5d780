// The market that a strategy trades on, when it can be trusted.
import { type InstrumentId, type Level, type View, venueOf } from "@bp/core";

/** The best bid and the best ask of one moment. */
export interface Touch {
  readonly bid: Level;
  readonly ask: Level;
}

/** Which market, and how old its book may be in ms. */
export interface Fresh {
  readonly instrument: InstrumentId;
  readonly staleMs: number;
}

/** Both sides of a fresh, whole book of a venue whose streams are up; `undefined` otherwise. */
export function touchOf(view: View, { instrument, staleMs }: Fresh): Touch | undefined {
  const { valid, bid, ask, at } = view.book(instrument);
  if (!valid || bid === undefined || ask === undefined || view.now - at > staleMs) return undefined;
  return view.link(venueOf(instrument)) === "up" ? { bid, ask } : undefined;
}
