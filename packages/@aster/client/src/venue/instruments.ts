// Markets of the venue as instruments: filters, fees of this account, margin.
import { checkNames, zero } from "@bp/adapter";
import { BpError, decimal, gridOf, type Instrument, isBpError, lots, roundToGrid, ticks, type VenueId } from "@bp/core";
import { filtersOf } from "../filters.ts";
import type { FuturesSymbol } from "../rest/futures/market/exchangeInfo.ts";
import type { SpotSymbol } from "../rest/spot/market/exchangeInfo.ts";

/** What is known of a market beside its filters. */
export interface Terms {
  readonly fees: Instrument["fees"];
  readonly fundingIntervalMs: number | undefined;
  readonly margin: Instrument["margin"];
}

/** What is assumed of an account whose fees were not read: the highest that the venue's pages show. */
export const assumedFees = {
  futures: { maker: decimal("0.0002"), taker: decimal("0.0004") },
  spot: { maker: decimal("0.0002"), taker: decimal("0.0007") },
};

/** Where the venue does not say how often funding is paid. */
export const usualFundingMs = 8 * 3_600_000;

/** Whether a perpetual can be traded here at all. */
export function isPerpetual({ contractType }: FuturesSymbol): boolean {
  return contractType === "PERPETUAL";
}

/** Whether a spot market is a real one: `TEST…` markets are open, move real money and mean nothing. */
export function isRealSpot({ symbol }: SpotSymbol): boolean {
  return !symbol.startsWith("TEST");
}

/**
 * A market as an instrument. Tick and step come from the filters alone: the precisions are something else.
 *
 * @throws BpError `grid/*` for filters that cannot be, `wire/schema` where one is missing, and for a name that is none
 */
export function instrumentOf(
  market: FuturesSymbol | SpotSymbol,
  kind: Instrument["kind"],
  venue: VenueId,
  terms: Terms,
): Instrument {
  const { symbol, status, baseAsset, quoteAsset } = market;
  checkNames(symbol, baseAsset, quoteAsset);
  const { price, lot, minNotional, percentPrice, maxOrders } = filtersOf(market);
  if (price === null || lot === null)
    throw new BpError("wire/schema", {
      what: `market ${symbol}`,
      path: price === null ? "PRICE_FILTER" : "LOT_SIZE",
      expected: "a filter with a step",
      raw: "none",
    });
  const priceGrid = gridOf(price.step);
  const sizeGrid = gridOf(lot.step);
  return {
    id: `${venue}:${symbol}`,
    kind,
    base: baseAsset,
    quote: quoteAsset,
    tickSize: priceGrid.text,
    lotSize: sizeGrid.text,
    minSize: lots(Math.max(1, roundToGrid(lot.min ?? zero, sizeGrid, "ceil"))),
    maxSize: lot.max === null ? undefined : lots(roundToGrid(lot.max, sizeGrid, "floor")),
    minPrice: ticks(Math.max(1, roundToGrid(price.min ?? zero, priceGrid, "ceil"))),
    maxPrice: price.max === null ? undefined : ticks(roundToGrid(price.max, priceGrid, "floor")),
    minNotional: minNotional ?? zero,
    band: percentPrice === null ? undefined : { min: Number(percentPrice.down), max: Number(percentPrice.up) },
    fees: terms.fees,
    state: status === "TRADING" && maxOrders !== 0 ? "open" : "closed",
    fundingIntervalMs: terms.fundingIntervalMs,
    margin: terms.margin,
  };
}

/** Instruments of markets; one that cannot be read is told and left out, the others stand. */
export function readable<M extends { readonly symbol: string }>(
  markets: readonly M[],
  make: (market: M) => Instrument,
  onTrouble: (error: BpError) => void,
): Map<string, Instrument> {
  const found = new Map<string, Instrument>();
  for (const market of markets) {
    try {
      found.set(market.symbol, make(market));
    } catch (error) {
      if (!isBpError(error)) throw error;
      onTrouble(error);
    }
  }
  return found;
}
