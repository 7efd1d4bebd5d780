// A fact with its place in the log.
import type { Event, Millis, Unnumbered } from "@bp/core";

/**
 * A copy of a fact with its date and number. What comes most often is written out by name: copying objects of many forms costs
 * as much as a whole decision otherwise.
 */
export function numbered(fact: Unnumbered, at: Millis, seq: number): Event {
  if (fact.type === "trade.printed") {
    const { type, venueAt, instrument, price, size, taker } = fact;
    return { type, venueAt, instrument, price, size, taker, at, seq };
  }
  if (fact.type === "book.changed") {
    const { type, venueAt, instrument, bids, asks } = fact;
    return { type, venueAt, instrument, bids, asks, at, seq };
  }
  return { ...fact, at, seq };
}
