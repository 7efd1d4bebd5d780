// Markets for requests for quotes: one beside every spot market, with a name of its own and no book.
import { type Instrument, symbolOf } from "@bp/core";
import type { House } from "../../house.ts";

/** Such a market, and the spot market that its prices are of. */
export interface RfqMarket {
  readonly symbol: string;
  readonly spot: Instrument;
  /** The spot market under the other name. */
  readonly instrument: Instrument;
}

const suffix = "_RFQ";

/** By its symbol; `undefined` where the spot market is missing. */
export function rfqMarket(house: House, symbol: string): RfqMarket | undefined {
  if (!symbol.endsWith(suffix)) return undefined;
  const spot = house.market(symbol.slice(0, -suffix.length));
  return spot?.kind === "spot" ? of(spot) : undefined;
}

/** All of them. */
export const rfqMarkets = (house: House): readonly RfqMarket[] =>
  house.markets().flatMap((market) => (market.kind === "spot" ? of(market) : []));

function of(spot: Instrument): RfqMarket {
  const symbol = `${symbolOf(spot.id)}${suffix}`;
  return { symbol, spot, instrument: { ...spot, id: `backpack:${symbol}` } };
}
