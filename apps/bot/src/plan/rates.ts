// How often a plan will ask something of the venues, beside what they allow.
import { exchangeOf, type InstrumentId, type PlaceOrder, type VenueId, venueOf } from "@bp/core";
import type { StrategyConfig } from "../config/botConfig.ts";

/** Requests of one venue in a minute. */
export interface Rate {
  readonly venue: VenueId;
  /** What the strategies give at most in ordinary times. */
  readonly ordersPerMinute: number;
  readonly allowedPerMinute: number;
}

/** Requests a minute that the venues allow an account. @see the rate limits in the exchanges' documentation */
const allowed: Readonly<Record<string, number>> = { backpack: 2_000, "aster-futures": 1_200, "aster-spot": 1_200 };

/**
 * The requests of all strategies by venue.
 *
 * @param strategies - with every value of their schemas
 * @param markets - by strategy
 * @param orders - the first ones
 */
export function ratesOf(
  strategies: readonly StrategyConfig[],
  markets: ReadonlyMap<string, readonly InstrumentId[]>,
  orders: readonly PlaceOrder[],
): readonly Rate[] {
  const perMinute = new Map<VenueId, number>();
  for (const { name, use, params } of strategies)
    for (const venue of new Set((markets.get(name) ?? []).map(venueOf))) {
      const own = orders.filter(({ instrument, slot }) => venueOf(instrument) === venue && slot.startsWith(`${name}/`));
      perMinute.set(venue, (perMinute.get(venue) ?? 0) + askedBy(use, params, Math.max(1, own.length)));
    }
  return [...perMinute].map(([venue, count]) => ({
    venue,
    ordersPerMinute: Math.ceil(count),
    allowedPerMinute: allowed[exchangeOf(venue)] ?? 1_200,
  }));
}

/** A cancel and an order for each that rests, as often as it may be priced anew. */
function askedBy(use: string, params: StrategyConfig["params"], slots: number): number {
  const everyMs = (key: string) => Math.max(1, Number(params[key] ?? 10_000));
  const each = (key: string) => (2 * slots * 60_000) / everyMs(key);
  switch (use) {
    case "maker":
      return each("intervalMs");
    case "single":
      return each("ageMs");
    case "dual-hedge":
      return each("repriceMs");
    case "hedge":
      return each("legWaitMs");
    case "ladder":
      return each("noFillRestartMs");
    case "grid":
      return 60_000 / everyMs("paceMs"); // one thing at a time, whatever the number of cells
    default:
      return 2 * slots;
  }
}
