// One market: its book with the ids of its changes, its prints, its mark.
import { gridsOf, type Instrument, type Level, type Lots, lots, sizeToBig, type Ticks } from "@bp/core";
import type { MarginBracket, SimBook, SimFact } from "./contract.ts";
import { createHistory } from "./history.ts";
import { createMatcher, type Matcher, type OnFill } from "./matching.ts";
import type { Market } from "./state.ts";

/**
 * @param brackets - maintenance by size, instead of the instrument's own function
 * @param onFill - hears every fill of this market's book
 */
export function createMarket(
  instrument: Instrument,
  brackets: readonly MarginBracket[] | undefined,
  onFill: OnFill,
): Market {
  return {
    id: instrument.id,
    instrument,
    matcher: createMatcher(onFill),
    unit: gridsOf(instrument).unit,
    lotUnit: sizeToBig(instrument, lots(1)),
    orders: [],
    taker: undefined,
    own: 0,
    updateId: 0,
    tradeId: 0,
    changedBids: new Set(),
    changedAsks: new Set(),
    trades: createHistory(1_000),
    lastPrice: 0,
    mark: undefined,
    premium: 0,
    samples: 0,
    printed: new Map(),
    triggers: [],
    brackets,
  };
}

/** Says that the size at a price is other than before. */
export function touch(market: Market, side: "buy" | "sell", price: number): void {
  (side === "buy" ? market.changedBids : market.changedAsks).add(price);
}

/** The depth fact of everything since the last one, or `undefined`. */
export function depthOf(market: Market, at: SimFact["at"]): SimFact | undefined {
  const { changedBids, changedAsks } = market;
  if (changedBids.size === 0 && changedAsks.size === 0) return undefined;
  const first = market.updateId + 1;
  const bids: Level[] = [];
  for (const price of changedBids) bids.push([price as Ticks, bidSize(market.matcher, price)]); // whole: the matcher holds nothing else
  const asks: Level[] = [];
  for (const price of changedAsks) asks.push([price as Ticks, askSize(market.matcher, price)]); // likewise
  changedBids.clear();
  changedAsks.clear();
  market.updateId += bids.length + asks.length; // one id a level, as the venue counts
  return { at, type: "depth", instrument: market.id, first, last: market.updateId, bids, asks };
}

function bidSize(matcher: Matcher, price: number): Lots {
  return (price <= matcher.bid ? matcher.sizeAt(price) : 0) as Lots; // sums of whole sizes are whole
}

function askSize(matcher: Matcher, price: number): Lots {
  return (matcher.ask > 0 && price >= matcher.ask ? matcher.sizeAt(price) : 0) as Lots; // likewise
}

/** The best `depth` levels of each side. */
export function bookOf(market: Market, depth: number, at: SimFact["at"]): SimBook {
  const { matcher } = market;
  const bids: Level[] = [];
  for (let price = matcher.bid; price > 0 && bids.length < depth; price = matcher.below(price - 1))
    bids.push([price as Ticks, matcher.sizeAt(price) as Lots]); // whole, from the ladder
  const asks: Level[] = [];
  for (let price = matcher.ask; price > 0 && asks.length < depth; price = matcher.above(price + 1))
    asks.push([price as Ticks, matcher.sizeAt(price) as Lots]); // whole, from the ladder
  return { lastUpdateId: market.updateId, at, bids, asks };
}

/** The price that money is counted at: mark, else mid, else last print; in ticks, `undefined` before all of them. */
export function priceNow(market: Market): number | undefined {
  if (market.mark !== undefined) return market.mark.mark;
  const { bid, ask } = market.matcher;
  if (bid > 0 && ask > 0) return (bid + ask) / 2;
  if (market.lastPrice > 0) return market.lastPrice;
  return bid > 0 ? bid : ask > 0 ? ask : undefined;
}
