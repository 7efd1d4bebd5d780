// Markets, books, tickers, candles, prints, marks, funding rates: everything that needs no key.
import { type Instrument, type Level, symbolOf } from "@bp/core";
import { Big } from "big.js";
import { type Answer, ok } from "../../answer.ts";
import { intervalNames } from "../../bars.ts";
import { fine, money, price, size } from "../../text.ts";
import { wholeMs } from "../../times.ts";
import { type RfqMarket, rfqMarket, rfqMarkets } from "../desks/rfqMarkets.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { publicGet, type Route } from "../route.ts";
import { candle, tickerObject } from "../wire/candle.ts";
import { naiveSeconds } from "../wire/dates.ts";
import { marketObject } from "../wire/market.ts";
import { isType, needMarket, type Page, paged, readMarket, readMarketType, readMarketTypes, readPage } from "./read.ts";

const day = 86_400_000;
const mostCandles = 10_000;

export const marketRoutes: readonly Route[] = [
  publicGet(
    "/api/v1/markets",
    (fields, _house, query) => readMarketTypes(query, fields),
    (house, types) =>
      ok(
        house
          .markets()
          .filter((market) => types.length === 0 || types.some((type) => isType(market, type)))
          .map(marketObject)
          .concat(types.includes("RFQ") ? rfqMarkets(house).map(rfqObject) : []),
      ),
    { cacheSeconds: 300 },
  ),
  publicGet(
    "/api/v1/market",
    (fields, house) => rfqMarket(house, fields.text("symbol") ?? "") ?? needMarket(fields, house),
    (_house, market) => ok("spot" in market ? rfqObject(market) : marketObject(market)),
  ),
  publicGet(
    "/api/v1/ticker",
    (fields, house) => ({ market: needMarket(fields, house), interval: tickerInterval(fields) }),
    (house, { market, interval }) => {
      const found = ticker(house, market, interval);
      return found === undefined ? { status: 204 } : ok(found);
    },
    { cacheSeconds: 20 },
  ),
  publicGet(
    "/api/v1/tickers",
    (fields) => tickerInterval(fields),
    (house, interval) => ok(house.markets().flatMap((market) => ticker(house, market, interval) ?? [])),
    { cacheSeconds: 20 },
  ),
  publicGet(
    "/api/v1/depth",
    (fields, house) => ({
      market: needMarket(fields, house),
      limit: fields.word("limit", "DepthLimit", ["5", "10", "20", "50", "100", "500", "1000"] as const),
    }),
    (house, { market, limit }) => depth(house, market, Number(limit ?? "1000")),
  ),
  publicGet(
    "/api/v1/klines",
    (fields, house) => ({
      market: needMarket(fields, house),
      interval: fields.need("interval", fields.word("interval", "KlineInterval", intervalNames), "KlineInterval"),
      from: fields.need("startTime", fields.whole("startTime", Number.MAX_SAFE_INTEGER), "integer(int64)"),
      to: fields.whole("endTime", Number.MAX_SAFE_INTEGER),
      of: fields.word("priceType", "KlinePriceType", ["Last", "Index", "Mark"] as const) ?? "Last",
    }),
    (house, { market, interval, from, to, of }) => {
      const now = house.times.now();
      const until = to === undefined ? now : Math.min(to * 1000, now);
      if (from * 1000 > until) return ok([]);
      return ok(
        house
          .bars(market.id, of)
          .between(interval, from * 1000, until, mostCandles)
          .map(({ span, bar }) => candle(market, span, bar)),
      );
    },
    { historical: true, cacheSeconds: 60 },
  ),
  publicGet(
    "/api/v1/markPrices",
    (fields, house) => ({ market: readMarket(fields, house), type: readMarketType(fields) ?? "PERP" }),
    (house, { market, type }) =>
      ok(house.markets().flatMap((each) => (isType(each, type) && (market ?? each) === each ? mark(house, each) : []))),
    { cacheSeconds: 1 },
  ),
  publicGet(
    "/api/v1/openInterest",
    (fields, house) => readMarket(fields, house),
    (house, market) =>
      ok(
        house.markets().flatMap((each) =>
          each.kind === "perp" && (market ?? each) === each
            ? {
                openInterest: openInterest(house, each),
                symbol: symbolOf(each.id),
                timestamp: wholeMs(house.times.now()),
              }
            : [],
        ),
      ),
  ),
  publicGet(
    "/api/v1/fundingRates",
    (fields, house) => ({
      market: house.market(fields.need("symbol", fields.text("symbol"))),
      page: readPage(fields, 10_000),
    }),
    (house, { market, page }) => {
      const { rows, headers } = paged(market === undefined ? [] : fundingRates(house, market), page);
      return { status: 200, json: rows, headers };
    },
  ),
  publicGet(
    "/api/v1/trades",
    (fields, house) => ({ market: needMarket(fields, house), page: readPage(fields) }),
    trades,
    { cacheSeconds: 5 },
  ),
  publicGet(
    "/api/v1/trades/history",
    (fields, house) => ({ market: needMarket(fields, house), page: readPage(fields) }),
    trades,
    { historical: true },
  ),
];

/** Like its spot market, under its own name and kind. */
const rfqObject = ({ instrument }: RfqMarket): Record<string, unknown> => ({
  ...marketObject(instrument),
  marketType: "RFQ",
});

function tickerInterval(fields: Fields): number {
  return (fields.word("interval", "TickerInterval", ["1d", "1w"] as const) ?? "1d") === "1d" ? day : 7 * day;
}

function ticker(house: BackpackHouse, market: Instrument, interval: number): Record<string, unknown> | undefined {
  return tickerObject(market, symbolOf(market.id), house.bars(market.id).since(house.times.now() - interval));
}

/** Both sides by ascending price, as the venue has them: the best bid is the last. */
function depth(house: BackpackHouse, market: Instrument, limit: number): Answer {
  const book = house.exchange.book(market.id, limit);
  const pair = ([ticks, lots]: Level) => [price(market, ticks), size(market, lots)];
  return ok({
    asks: book.asks.map(pair),
    bids: book.bids.map(pair).toReversed(),
    lastUpdateId: String(book.lastUpdateId),
    timestamp: house.times.toldMicros(book.at),
  });
}

function mark(house: BackpackHouse, market: Instrument): readonly Record<string, unknown>[] {
  const found = house.exchange.mark(market.id);
  if (found === undefined) return [];
  const perp = market.kind === "perp";
  return [
    {
      fundingRate: perp ? rate(found.fundingRate) : null,
      indexPrice: fine(market, found.index),
      markPrice: fine(market, found.mark),
      nextFundingTimestamp: perp ? house.times.toldMs(found.fundingAt) : null,
      symbol: symbolOf(market.id),
    },
  ];
}

/** A rate with at most ten digits after the point, never in exponent form. */
export const rate = (value: number): string => money(new Big(value).toFixed(10));

export const openInterest = (house: BackpackHouse, market: Instrument): string =>
  money(new Big(house.openInterest(market.id)).times(market.lotSize));

function fundingRates(house: BackpackHouse, market: Instrument): readonly Record<string, unknown>[] {
  const row = (value: number, at: number) => ({
    fundingRate: rate(value),
    intervalEndTimestamp: naiveSeconds(at),
    symbol: symbolOf(market.id),
  });
  const running = market.kind === "perp" ? house.exchange.mark(market.id) : undefined;
  const settled = house
    .stamps(market.id)
    .map((stamp) => row(stamp.rate, house.times.toldMs(stamp.at)))
    .toReversed();
  return running === undefined
    ? settled
    : [row(running.fundingRate, house.times.toldMs(running.fundingAt)), ...settled];
}

function trades(house: BackpackHouse, { market, page }: { readonly market: Instrument; readonly page: Page }): Answer {
  return ok(
    house.exchange
      .trades(market.id)
      .slice(page.offset, page.offset + page.limit)
      .map((trade) => ({
        id: trade.id,
        isBuyerMaker: trade.taker === "sell",
        price: price(market, trade.price),
        quantity: size(market, trade.size),
        quoteQuantity: money(new Big(price(market, trade.price)).times(size(market, trade.size))),
        timestamp: house.times.toldMs(trade.at),
      })),
  );
}
