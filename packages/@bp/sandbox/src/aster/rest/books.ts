// Books, prints and aggregated prints.
import { type Instrument, type Level, priceText, priceToBig, sizeText, sizeToBig } from "@bp/core";
import { digits } from "../../text.ts";
import type { Fields } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import type { Aggregate } from "../prints.ts";
import { refuse } from "../refuse.ts";
import { both, data, open, type Route } from "../route.ts";
import { exactly, updateId } from "../wire/numbers.ts";
import { needMarket, pageOf, readLimit, readSpan } from "./read.ts";

const depths = [5, 10, 20, 50, 100, 500, 1000];
const hour = 3_600_000;

/** @param usual - levels when none are asked for */
export function bookRoutes(usual: number): readonly Route[] {
  const levels = (fields: Fields) => fields.whole("limit") ?? usual;
  const weight = (fields: Fields) => {
    const limit = levels(fields);
    return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
  };
  const kept = new Map<string, { readonly at: number; readonly json: unknown }>();
  return [
    open(both("depth"), weight, (house, fields) => {
      const market = needMarket(house, fields);
      const limit = levels(fields);
      if (!depths.includes(limit)) return refuse(-4021, "Invalid depth limit.");
      const key = `${house.service} ${market.id} ${limit}`;
      const before = kept.get(key);
      const now = performance.now();
      if (before !== undefined && now - before.at < house.settings.depthLagMs) return before.json;
      const json = depthJson(house, market, limit);
      if (house.settings.depthLagMs > 0) kept.set(key, { at: now, json });
      return json;
    }),
    open(both("trades"), 1, (house, fields) => {
      const market = needMarket(house, fields);
      return pageOf(house.prints.trades(market.id), readLimit(fields, 500, 1000), false).map((trade) =>
        tradeJson(house, market, trade),
      );
    }),
    data(both("historicalTrades"), 20, (house, fields) => {
      const market = needMarket(house, fields);
      const from = fields.whole("fromId");
      const rows = house.prints.trades(market.id).filter(({ id }) => id >= (from ?? 0));
      return pageOf(rows, readLimit(fields, 500, 1000), from !== undefined).map((trade) =>
        tradeJson(house, market, trade),
      );
    }),
    open(both("aggTrades"), 20, (house, fields) => {
      const market = needMarket(house, fields);
      const fromId = fields.whole("fromId");
      const { from, to } = readSpan(fields);
      if (Number.isFinite(to) && from > 0 && to - from >= hour)
        return refuse(-1127, "More than 1 hours between startTime and endTime.");
      const rows = house.prints.list(market.id).filter(({ id, at }) => {
        if (fromId !== undefined) return id >= fromId;
        const told = house.times.toldMs(at);
        return told >= from && told <= to;
      });
      const fromStart = fromId !== undefined || from > 0;
      return pageOf(rows, readLimit(fields, 500, 1000), fromStart).map((each) => ({
        a: each.id,
        ...aggregateFields(house, market, each),
      }));
    }),
  ];
}

function depthJson(house: AsterHouse, market: Instrument, limit: number): Record<string, unknown> {
  const { bids, asks, lastUpdateId, at } = house.exchange.book(market.id, limit);
  const pair = ([price, size]: Level) => [priceText(market, price), sizeText(market, size)];
  return {
    lastUpdateId: updateId(house, lastUpdateId),
    E: Math.floor(house.times.emitted(at) / 1000),
    T: house.times.toldMs(at),
    bids: bids.map(pair),
    asks: asks.map(pair),
  };
}

type Trade = ReturnType<AsterHouse["prints"]["trades"]>[number];

/** On spot `qty` is what was paid, in quote, and `baseQty` what was bought; on futures `qty` is base. */
function tradeJson(house: AsterHouse, market: Instrument, trade: Trade): Record<string, unknown> {
  const base = sizeText(market, trade.size);
  const quote = priceToBig(market, trade.price).times(sizeToBig(market, trade.size));
  const shared = {
    id: trade.id,
    price: priceText(market, trade.price),
    time: house.times.toldMs(trade.at),
    isBuyerMaker: trade.taker === "sell",
  };
  return house.service === "futures"
    ? { ...shared, qty: base, quoteQty: quote.toFixed(digits(market.tickSize) + digits(market.lotSize)) }
    : { ...shared, qty: exactly(quote), baseQty: base };
}

/** What REST and the stream tell alike. */
export function aggregateFields(house: AsterHouse, market: Instrument, aggregate: Aggregate): Record<string, unknown> {
  return {
    p: priceText(market, aggregate.price),
    q: sizeText(market, aggregate.size),
    f: aggregate.first,
    l: aggregate.last,
    T: house.times.toldMs(aggregate.at),
    m: aggregate.taker === "sell",
  };
}
