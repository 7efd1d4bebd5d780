// Mark and index prices, funding.
import { type Instrument, symbolOf } from "@bp/core";
import type { AsterHouse } from "../house.ts";
import { refuse } from "../refuse.ts";
import { both, newer, open, type Route } from "../route.ts";
import { eight, finely } from "../wire/numbers.ts";
import { marketsOf, oneOrAll, pageOf, readLimit, readMarket, readSpan } from "./read.ts";

const hour = 3_600_000;
const eightHours = 8 * hour;
const interestOfEightHours = 0.0001;

const references = [
  ["binance", "0.41441441"],
  ["okex", "0.13513513"],
  ["coinbase", "0.13513513"],
  ["gateio", "0.04504504"],
  ["kucoin", "0.06756756"],
  ["mxc", "0.06756756"],
  ["bybit", "0.06756756"],
  ["bitget", "0.06756756"],
] as const;

const interest = ({ fundingIntervalMs = eightHours }: Instrument) =>
  eight(interestOfEightHours * (fundingIntervalMs / eightHours));

export const markRoutes: readonly Route[] = [
  open(both("premiumIndex"), 1, (house, fields) => oneOrAll(house, fields, (market) => premium(house, market))),
  open(both("fundingRate"), 1, (house, fields) => {
    const market = readMarket(house, fields);
    const { from, to } = readSpan(fields);
    const rows = marketsOf(house, market)
      .flatMap((each) =>
        house.stamps(each.id).map(({ rate, at }) => ({
          symbol: symbolOf(each.id),
          fundingRate: eight(rate),
          fundingTime: house.times.toldMs(at),
        })),
      )
      .filter(({ fundingTime }) => fundingTime >= from && fundingTime <= to)
      .toSorted((a, b) => a.fundingTime - b.fundingTime);
    return pageOf(rows, readLimit(fields, 100, 1000), from > 0);
  }),
  open(both("fundingInfo"), 1, (house, fields) =>
    marketsOf(house, readMarket(house, fields)).map((market) => {
      const hours = Math.max(1, Math.round((market.fundingIntervalMs ?? eightHours) / hour));
      const cap = hours >= 8 ? 0.03 : 0.02;
      return {
        symbol: symbolOf(market.id),
        interestRate: interest(market),
        time: Math.floor(house.times.now()),
        fundingIntervalHours: hours,
        fundingFeeCap: cap,
        fundingFeeFloor: -cap,
      };
    }),
  ),
  open(newer("indexreferences"), 1, (house, fields) => {
    const market = house.market(fields.need("symbol")) ?? refuse(-1000, "Invalid symbol.");
    return {
      symbol: symbolOf(market.id),
      time: Math.floor(house.times.now()),
      references: references.map(([exchange, weight]) => ({ exchange, symbol: symbolOf(market.id), weight })),
    };
  }),
];

/** What is known of a mark; `undefined` before there is one. */
export function markOf(house: AsterHouse, market: Instrument) {
  const found = house.exchange.mark(market.id);
  if (found === undefined) return undefined;
  return {
    mark: finely(market, found.mark),
    index: finely(market, found.index),
    rate: eight(found.fundingRate),
    next: house.times.toldMs(found.fundingAt),
    at: house.times.toldMs(found.at),
  };
}

function premium(house: AsterHouse, market: Instrument): Record<string, unknown> | undefined {
  const found = markOf(house, market);
  if (found === undefined) return undefined;
  return {
    symbol: symbolOf(market.id),
    markPrice: found.mark,
    indexPrice: found.index,
    estimatedSettlePrice: found.index,
    lastFundingRate: found.rate,
    interestRate: interest(market),
    nextFundingTime: found.next,
    time: found.at,
  };
}
