// exchangeInfo: the markets with their filters, as each service describes them.
import { type Instrument, lots, priceText, sizeText, symbolOf } from "@bp/core";
import { Big } from "big.js";
import { digits, plain } from "../../text.ts";
import type { AsterHouse } from "../house.ts";

const types = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET"];
const tifs = ["GTC", "IOC", "FOK", "GTX"];
const onboard = 1_627_628_400_000;
export const mostOpenOrders = 200;
export const mostWaitingOrders = 10;

/** Decimals a price may have: for most markets one more than the tick needs, as on the venue. */
export const pricePrecision = (market: Instrument): number =>
  digits(plain(market.tickSize)) + (market.base === "BTC" || market.kind === "spot" ? 0 : 1);

/** Decimals a quantity may have. */
export const quantityPrecision = (market: Instrument): number => digits(plain(market.lotSize));

/** The largest price, in quote per base. */
export const maxPriceOf = (market: Instrument): string =>
  market.maxPrice === undefined ? "1000000" : plain(priceText(market, market.maxPrice));

const maxSizeOf = (market: Instrument): number => market.maxSize ?? 1e9;

/** The largest size of an order in lots; that of a market order is much smaller. */
export const mostLots = (market: Instrument, type: "limit" | "market"): number =>
  type === "limit" ? maxSizeOf(market) : Math.max(market.minSize, Math.floor(maxSizeOf(market) / 10));

/** The whole answer. */
export function exchangeInfo(house: AsterHouse): Record<string, unknown> {
  const { limits } = house.settings;
  const futures = house.service === "futures";
  const assets = [...new Set(house.markets().flatMap(({ quote, base }) => [quote, base]))];
  const limit = (rateLimitType: string, interval: string, intervalNum: number, most: number) => ({
    rateLimitType,
    interval,
    intervalNum,
    limit: most,
  });
  return {
    timezone: "UTC",
    serverTime: Math.floor(house.times.now()),
    ...(futures ? { futuresType: "U_MARGINED" } : {}),
    rateLimits: [
      limit("REQUEST_WEIGHT", "MINUTE", 1, limits.weight),
      limit("ORDERS", "MINUTE", 1, limits.ordersMinute),
      limit("ORDERS", "SECOND", 10, limits.orders10s),
    ],
    exchangeFilters: [],
    assets: assets.map((asset) =>
      futures ? { asset, marginAvailable: true, autoAssetExchange: asset === "USDT" ? "-10000" : "0" } : { asset },
    ),
    symbols: house.markets().map((market) => (futures ? futuresSymbol(house, market) : spotSymbol(house, market))),
  };
}

const stateOf = ({ state }: Instrument) => (state === "closed" ? "SETTLING" : "TRADING");

function futuresSymbol(house: AsterHouse, market: Instrument): Record<string, unknown> {
  const symbol = symbolOf(market.id);
  const first = house.bracketsOf(market)[0];
  const percent = (fraction: number) => new Big(fraction).times(100).toFixed(4);
  return {
    symbol,
    pair: symbol,
    contractType: "PERPETUAL",
    deliveryDate: 4_133_404_800_000,
    onboardDate: onboard,
    status: stateOf(market),
    maintMarginPercent: percent(first?.rate ?? 0.025),
    requiredMarginPercent: percent(1 / (first?.leverage ?? 20)),
    baseAsset: market.base,
    quoteAsset: market.quote,
    marginAsset: market.quote,
    pricePrecision: pricePrecision(market),
    quantityPrecision: quantityPrecision(market),
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: "COIN",
    underlyingSubType: [],
    symbolType: 0,
    tradingMode: 0,
    name: market.base,
    channel: "",
    sequenceNo: 10,
    twapMinNotional: "1000",
    settlePlan: 0,
    triggerProtect: "0.0500",
    liquidationFee: "0.010000",
    marketTakeBound: "0.01",
    createTime: onboard,
    filters: [
      ...sharedFilters(market),
      { limit: mostOpenOrders, filterType: "MAX_NUM_ORDERS" },
      { limit: mostWaitingOrders, filterType: "MAX_NUM_ALGO_ORDERS" },
      { notional: plain(market.minNotional), filterType: "MIN_NOTIONAL" },
      {
        ...multipliers(house, market, 4),
        ltMultiplierDown: "0",
        multiplierDecimal: "4",
        filterType: "PERCENT_PRICE",
        ltMultiplierUp: "0",
      },
    ],
    orderTypes: [...types, "TRAILING_STOP_MARKET"],
    timeInForce: [...tifs, "RPI", "HIDDEN"],
  };
}

function spotSymbol(house: AsterHouse, market: Instrument): Record<string, unknown> {
  const { multiplierDown, multiplierUp } = multipliers(house, market, 1);
  const minNotional = plain(market.minNotional);
  const maxNotional = "9000000";
  return {
    status: stateOf(market),
    baseAsset: market.base,
    quoteAsset: market.quote,
    pricePrecision: pricePrecision(market),
    quantityPrecision: quantityPrecision(market),
    baseAssetPrecision: 8,
    quotePrecision: 8,
    listingTime: onboard,
    baseAssetAddress: null,
    filters: [
      ...sharedFilters(market),
      { limit: mostOpenOrders, filterType: "MAX_NUM_ORDERS" },
      { minNotional, filterType: "MIN_NOTIONAL" },
      { maxNotional, filterType: "MAX_NOTIONAL" },
      {
        maxNotional,
        minNotional,
        avgPriceMins: 5,
        applyMinToMarket: true,
        filterType: "NOTIONAL",
        applyMaxToMarket: true,
      },
      { multiplierDown, multiplierUp, multiplierDecimal: "1", filterType: "PERCENT_PRICE" },
      {
        bidMultiplierUp: multiplierUp,
        askMultiplierUp: multiplierUp,
        bidMultiplierDown: multiplierDown,
        avgPriceMins: 5,
        multiplierDecimal: "1",
        filterType: "PERCENT_PRICE_BY_SIDE",
        askMultiplierDown: multiplierDown,
      },
    ],
    orderTypes: types,
    timeInForce: [...tifs, "HIDDEN"],
    symbol: symbolOf(market.id),
    ocoAllowed: false,
  };
}

/** @param decimals - after the point on futures; spot writes them as short as they are */
function multipliers(house: AsterHouse, market: Instrument, decimals: number) {
  const { min, max } = house.bandOf(market) ?? { min: 0.2, max: 5 };
  const text = (value: number) => (decimals === 4 ? new Big(value).toFixed(4) : new Big(value).toFixed());
  return { multiplierDown: text(min), multiplierUp: text(max) };
}

function sharedFilters(market: Instrument): readonly Record<string, unknown>[] {
  const minPrice = plain(priceText(market, market.minPrice));
  const minQty = plain(sizeText(market, market.minSize));
  const most = (type: "limit" | "market") => plain(sizeText(market, lots(mostLots(market, type))));
  const stepSize = plain(market.lotSize);
  // The venue writes ticks with zeros at the end that mean nothing.
  const tick = plain(market.tickSize);
  const tickSize = market.kind === "perp" && market.base !== "BTC" && tick.includes(".") ? `${tick}0` : tick;
  return [
    { minPrice, maxPrice: maxPriceOf(market), filterType: "PRICE_FILTER", tickSize },
    { stepSize, filterType: "LOT_SIZE", maxQty: most("limit"), minQty },
    { stepSize, filterType: "MARKET_LOT_SIZE", maxQty: most("market"), minQty },
  ];
}
