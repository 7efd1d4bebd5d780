// GET /api/v1/market: one market with its filters.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { marketType, orderBookState } from "../../wire/enums.ts";
import { marginFunction } from "../../wire/margin.ts";
import type { Endpoint } from "../endpoint.ts";

const band = z.object({ maxMultiplier: decimal, minMultiplier: decimal }).nullish();

/** A market. Prices are quote per base, quantities base. */
export const marketAnswer = z.object({
  symbol: z.string(),
  baseSymbol: z.string(),
  quoteSymbol: z.string(),
  marketType,
  rwaMarketType: z.string().nullish(), // STOCK, INDEX, COMMODITY, FX
  filters: z.object({
    price: z.object({
      tickSize: decimal,
      minPrice: decimal, // need not be a multiple of the tick
      maxPrice: decimalOrNull, // null: none
      maxMultiplier: decimalOrNull, // of the last active price
      minMultiplier: decimalOrNull,
      maxImpactMultiplier: decimalOrNull, // how far above the best ask a market buy may reach
      minImpactMultiplier: decimalOrNull,
      meanMarkPriceBand: band,
      meanPremiumBand: z
        .object({
          tolerancePct: decimalOrNull, // fraction
          indexPrice: decimalOrNull, // this and the next two: known from the official client
          maxPremiumPct: decimalOrNull,
          minPremiumPct: decimalOrNull,
        })
        .nullish(),
      borrowEntryFeeMaxMultiplier: decimalOrNull, // spot margin: outside of the two an entry fee applies
      borrowEntryFeeMinMultiplier: decimalOrNull,
      maxPriceUpdateMultiplier: decimalOrNull, // bounds of one update of mark or index
      minPriceUpdateMultiplier: decimalOrNull,
      discoveryBoundBand: band,
    }),
    quantity: z.object({
      minQuantity: decimal,
      maxQuantity: decimalOrNull, // null: none
      stepSize: decimal,
    }),
  }),
  imfFunction: marginFunction, // perpetuals only
  mmfFunction: marginFunction,
  fundingInterval: z.number().nullish(), // ms; meaningless on spot
  fundingRateUpperBound: decimalOrNull, // basis points per interval
  fundingRateLowerBound: decimalOrNull,
  openInterestLimit: decimalOrNull, // base
  orderBookState,
  createdAt: z.string().nullish(), // UTC, no zone
  visible: z.boolean().nullish(), // shown on the site or not; no trading permission
  positionLimitWeight: decimalOrNull,
});
/** A market with its filters: tick and step, bounds of price and size, margin functions, state of the book. */
export type Market = z.infer<typeof marketAnswer>;

/** Which market, `SOL_USDC_PERP`. */
export const marketParams = z.strictObject({ symbol: z.string().min(1) });
/** Parameters of `rest.markets.market`. */
export type MarketParams = z.infer<typeof marketParams>;

/**
 * `GET /api/v1/market`, public, not cached by the venue: the state of the order book is fresh here, while the list of all
 * markets is up to five minutes old.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_market
 */
export const market: Endpoint<MarketParams, Market> = {
  method: "GET",
  path: "/api/v1/market",
  params: marketParams,
  answer: marketAnswer,
  lane: "read",
};
