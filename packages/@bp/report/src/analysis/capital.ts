// What returns are fractions of: told, found in the accounts, or the most that was ever at stake.
import { Big, BpError, type EventOf, type Instrument, isDecimal, type VenueId, venueOf } from "@bp/core";
import type { RateOf } from "../rates.ts";
import type { AnalysisMeta } from "./meta.ts";

/** Follows what a capital can be found in. */
export interface Capital {
  snapshot(event: EventOf<"account.snapshot">): void;
  /** Σ |position| × price now, common quote. */
  exposed(gross: number): void;
  /** @param firstPrice - of a market, common quote per base, NaN where it never had one */
  found(
    instruments: readonly Instrument[],
    firstPrice: (market: number) => number,
  ): AnalysisMeta["capital"] & { readonly value: number };
}

/** @throws BpError `config/invalid` for a capital that is not above 0 */
export function createCapital(told: string | undefined, rateOf: RateOf): Capital {
  if (told !== undefined && !(isDecimal(told) && new Big(told).gt(0)))
    throw new BpError("config/invalid", { path: "capital", found: told, expected: "a decimal above 0, in quote" });
  const balances = new Map<VenueId, ReadonlyMap<string, string>>();
  let largest = 0;
  return {
    snapshot: (event) => {
      if (!balances.has(event.venue))
        balances.set(event.venue, new Map(event.balances.map(({ asset, total }) => [asset, total])));
    },
    exposed: (gross) => {
      if (gross > largest) largest = gross;
    },
    found: (instruments, firstPrice) => {
      if (told !== undefined) return { amount: told, from: "told", value: Number(told) };
      let sum = new Big(0);
      for (const [venue, assets] of balances)
        for (const [asset, total] of assets) {
          const rate = rateOf(asset) ?? priceOf(venue, asset, instruments, firstPrice);
          if (rate !== undefined) sum = sum.plus(rate.times(total));
        }
      const value = sum.round(8);
      if (value.gt(0)) return { amount: value.toFixed(), from: "balances", value: value.toNumber() };
      if (largest > 0) return { amount: new Big(largest).round(8).toFixed(), from: "largest-exposure", value: largest };
      return { amount: "0", from: "unknown", value: 0 };
    },
  };
}

/** Of a coin, by the first market of its venue that trades it. */
function priceOf(
  venue: VenueId,
  asset: string,
  instruments: readonly Instrument[],
  firstPrice: (market: number) => number,
): Big | undefined {
  const place = instruments.findIndex(({ id, base }) => base === asset && venueOf(id) === venue);
  const price = place < 0 ? Number.NaN : firstPrice(place);
  return Number.isFinite(price) ? new Big(price) : undefined;
}
