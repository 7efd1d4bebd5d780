// Markets of the venue as instruments: filters, fees of this account, margin.

import { checkNames, fromBasisPoints } from "@bp/adapter";
import {
  BpError,
  type Decimal,
  decimal,
  gridOf,
  type Instrument,
  type InstrumentId,
  isBpError,
  lots,
  type MarketState,
  roundToGrid,
  ticks,
  type VenueId,
} from "@bp/core";
import type { Backpack } from "../client.ts";
import type { Account } from "../rest/account/get.ts";
import type { Market } from "../rest/markets/market.ts";

/** What spot and perpetual trades cost, as fractions of the notional. */
export interface Fees {
  readonly spot: Instrument["fees"];
  readonly perp: Instrument["fees"];
}

/** The published fees of the lowest tier: what is assumed of an account that is not known. */
export const publishedFees: Fees = {
  spot: { maker: decimal("0.0008"), taker: decimal("0.001") },
  perp: { maker: decimal("0.0002"), taker: decimal("0.0005") },
};

/** Fees of an account, which tells them in basis points. */
export function feesOf(account: Account): Fees {
  return {
    spot: { maker: fromBasisPoints(account.spotMakerFee), taker: fromBasisPoints(account.spotTakerFee) },
    perp: { maker: fromBasisPoints(account.futuresMakerFee), taker: fromBasisPoints(account.futuresTakerFee) },
  };
}

const states: Readonly<Record<string, MarketState>> = {
  Open: "open",
  Closed: "closed",
  CancelOnly: "cancel-only",
  LimitOnly: "limit-only",
  PostOnly: "post-only",
};

/**
 * A market as an instrument; `undefined` for the kinds that are not traded here (dated, prediction, request for quote).
 *
 * @throws BpError `grid/*` for filters that cannot be, `wire/schema` for a name that is none
 */
export function instrumentOf(market: Market, venue: VenueId, fees: Fees): Instrument | undefined {
  const kind = market.marketType === "SPOT" ? "spot" : market.marketType === "PERP" ? "perp" : undefined;
  if (kind === undefined) return undefined;
  checkNames(market.symbol, market.baseSymbol, market.quoteSymbol);
  const { price, quantity } = market.filters;
  const priceGrid = gridOf(price.tickSize);
  const sizeGrid = gridOf(quantity.stepSize);
  const { imfFunction, mmfFunction } = market;
  const band = price.meanMarkPriceBand;
  return {
    id: `${venue}:${market.symbol}`,
    kind,
    base: market.baseSymbol,
    quote: market.quoteSymbol,
    tickSize: priceGrid.text,
    lotSize: sizeGrid.text,
    minSize: lots(Math.max(1, roundToGrid(quantity.minQuantity, sizeGrid, "ceil"))),
    maxSize: quantity.maxQuantity === null ? undefined : lots(roundToGrid(quantity.maxQuantity, sizeGrid, "floor")),
    minPrice: ticks(Math.max(1, roundToGrid(price.minPrice, priceGrid, "ceil"))),
    maxPrice: price.maxPrice === null ? undefined : ticks(roundToGrid(price.maxPrice, priceGrid, "floor")),
    minNotional: decimal("0"), // the venue has no such filter
    band:
      band === null || band === undefined
        ? undefined
        : { min: Number(band.minMultiplier), max: Number(band.maxMultiplier) },
    fees: fees[kind],
    state: states[market.orderBookState] ?? "closed", // a state that is not known is no state to trade in
    fundingIntervalMs: kind === "perp" ? (market.fundingInterval ?? 3_600_000) : undefined,
    margin:
      kind === "perp" &&
      imfFunction !== null &&
      imfFunction !== undefined &&
      mmfFunction !== null &&
      mmfFunction !== undefined
        ? { initial: marginOf(imfFunction), maintenance: marginOf(mmfFunction) }
        : undefined,
  };
}

function marginOf({ base, factor }: { readonly base: Decimal; readonly factor: Decimal }) {
  return { base, factor };
}

/**
 * All spot and perpetual markets. One that cannot be read is told to `onTrouble` and left out; the others stand.
 */
export async function readInstruments(
  client: Backpack,
  venue: VenueId,
  fees: Fees,
  onTrouble: (error: BpError) => void,
  signal?: AbortSignal,
): Promise<Map<InstrumentId, Instrument>> {
  const found = new Map<InstrumentId, Instrument>();
  for (const market of await client.rest.markets.markets({}, signal === undefined ? {} : { signal })) {
    try {
      const instrument = instrumentOf(market, venue, fees);
      if (instrument !== undefined) found.set(instrument.id, instrument);
    } catch (error) {
      if (!isBpError(error)) throw error;
      onTrouble(
        new BpError(
          "wire/schema",
          { what: `market ${market.symbol}`, path: "filters", expected: "a grid", raw: error.message },
          { cause: error },
        ),
      );
    }
  }
  return found;
}
