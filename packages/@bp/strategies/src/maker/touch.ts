// The market that the maker quotes on, when it can be trusted.
import { type Level, type View, venueOf } from "@bp/core";
import type { MakerParams } from "./params.ts";

/** The best bid and the best ask of one moment. */
export interface Touch {
  readonly bid: Level;
  readonly ask: Level;
}

/** Both sides of a fresh, whole book of a venue whose streams are up; `undefined` otherwise. */
export function touchOf(view: View, { instrument, staleMs }: MakerParams): Touch | undefined {
  const { valid, bid, ask, at } = view.book(instrument);
  if (!valid || bid === undefined || ask === undefined || view.now - at > staleMs) return undefined;
  return view.link(venueOf(instrument)) === "up" ? { bid, ask } : undefined;
}
