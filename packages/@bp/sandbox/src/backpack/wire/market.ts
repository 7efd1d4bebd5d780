// A market as GET markets describes it.
import { type Instrument, priceText, sizeText, symbolOf } from "@bp/core";
import { plain } from "../../text.ts";

const states = {
  open: "Open",
  closed: "Closed",
  "cancel-only": "CancelOnly",
  "limit-only": "LimitOnly",
  "post-only": "PostOnly",
} as const;

const listed = "2025-01-21T06:34:54.691858";

/** The venue's market object. Its funding interval is a term of the market: in the market's time, whatever the speed. */
export function marketObject(market: Instrument): Record<string, unknown> {
  const perp = market.kind === "perp";
  const maxPrice = market.maxPrice === undefined ? null : plain(priceText(market, market.maxPrice));
  const maxMultiplier = String(market.band?.max ?? 2);
  const minMultiplier = String(market.band?.min ?? 0.25);
  const shared = {
    minPrice: plain(priceText(market, market.minPrice)),
    tickSize: market.tickSize,
  };
  return {
    baseSymbol: market.base,
    createdAt: listed,
    filters: {
      price: perp
        ? {
            borrowEntryFeeMaxMultiplier: null,
            borrowEntryFeeMinMultiplier: null,
            maxImpactMultiplier: "1.01",
            maxMultiplier,
            maxPrice,
            meanMarkPriceBand: market.band === undefined ? null : { maxMultiplier, minMultiplier },
            meanPremiumBand: { tolerancePct: "0.05" },
            minImpactMultiplier: "0.99",
            minMultiplier,
            ...shared,
          }
        : {
            borrowEntryFeeMaxMultiplier: "1.01",
            borrowEntryFeeMinMultiplier: "0.99",
            discoveryBoundBand: null,
            maxImpactMultiplier: "1.01",
            maxMultiplier,
            maxPrice,
            maxPriceUpdateMultiplier: "1.0025",
            meanMarkPriceBand: market.band === undefined ? null : { maxMultiplier, minMultiplier },
            meanPremiumBand: null,
            minImpactMultiplier: "0.99",
            minMultiplier,
            minPrice: shared.minPrice,
            minPriceUpdateMultiplier: "0.9975",
            tickSize: shared.tickSize,
          },
      quantity: {
        maxQuantity: market.maxSize === undefined ? null : plain(sizeText(market, market.maxSize)),
        minQuantity: plain(sizeText(market, market.minSize)),
        stepSize: market.lotSize,
      },
    },
    fundingInterval: market.fundingIntervalMs ?? null,
    fundingRateLowerBound: perp ? "-100" : null,
    fundingRateUpperBound: perp ? "100" : null,
    imfFunction: market.margin === undefined ? null : { ...market.margin.initial, type: "sqrt" },
    marketType: perp ? "PERP" : "SPOT",
    mmfFunction: market.margin === undefined ? null : { ...market.margin.maintenance, type: "sqrt" },
    openInterestLimit: perp ? "4000000" : "0",
    orderBookState: states[market.state],
    positionLimitWeight: perp ? "1" : null,
    quoteSymbol: market.quote,
    ...(perp ? {} : { rwaMarketType: null }),
    symbol: symbolOf(market.id),
    visible: true,
  };
}
