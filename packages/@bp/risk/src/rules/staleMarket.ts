// Rule: no order from a market that we cannot see.
import type { RiskRule } from "@bp/core";

/**
 * Refuses every wish, reductions too, while the book is invalid or has not changed for longer than `limitMs`: what
 * reduces risk needs a price as well. What rests already is withdrawn with its wish.
 *
 * @param limitMs - above 0; 5,000 by default
 */
export const staleMarket = (limitMs = 5_000): RiskRule => ({
  name: "stale-market",
  start: () => undefined,
  check: (intent, view) => {
    const { valid, at } = view.book(intent.instrument);
    if (!valid) return { refuse: `the book of ${intent.instrument} is unknown` };
    return view.now - at <= limitMs
      ? { pass: intent }
      : { refuse: `the book of ${intent.instrument} is older than ${limitMs} ms` };
  },
});
