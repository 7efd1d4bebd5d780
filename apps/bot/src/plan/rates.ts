// How often a plan will ask something of the venues, beside what they allow.
import { exchangeOf, type InstrumentId, type PlaceOrder, type VenueId, venueOf } from "@bp/core";
import type { StrategyConfig } from "../config/botConfig.ts";
import type { Limits } from "../limits.ts";

/** Requests of one venue in a minute. */
export interface Rate {
  readonly venue: VenueId;
  /** What the strategies give on a market that stands still. */
  readonly ordersPerMinute: number;
  /** What they may give while the market moves: the rule `order-rate` lets no more orders pass, each with its cancel. */
  readonly mostPerMinute: number;
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
 * @param rate - the limit of new orders
 */
export function ratesOf(
  strategies: readonly StrategyConfig[],
  markets: ReadonlyMap<string, readonly InstrumentId[]>,
  orders: readonly PlaceOrder[],
  rate: Limits["rate"],
): readonly Rate[] {
  const perMinute = new Map<VenueId, number>();
  for (const { name, use, params } of strategies)
    for (const venue of new Set((markets.get(name) ?? []).map(venueOf))) {
      const own = orders.filter(({ instrument, slot }) => venueOf(instrument) === venue && slot.startsWith(`${name}/`));
      perMinute.set(venue, (perMinute.get(venue) ?? 0) + askedBy(use, params, Math.max(1, own.length)));
    }
  const most = Math.ceil((2 * rate.orders * 60_000) / rate.windowMs);
  return [...perMinute].map(([venue, count]) => {
    const allowedPerMinute = allowed[exchangeOf(venue)] ?? 1_200;
    const mostPerMinute = Math.min(most, allowedPerMinute); // the client keeps to what the venue allows
    return { venue, ordersPerMinute: Math.min(Math.ceil(count), mostPerMinute), mostPerMinute, allowedPerMinute };
  });
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
