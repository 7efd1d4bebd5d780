// One market: its book with the ids of its changes, its prints, its mark.
import { gridsOf, type Instrument, type Level, type Lots, lots, sizeToBig, type Ticks } from "@bp/core";
import type { MarginBracket, SimBook, SimFact } from "./contract.ts";
import { createHistory } from "./history.ts";
import type { Matcher } from "./matching.ts";
import type { Market, PriceList } from "./state.ts";
import type { RecordedBook } from "./tape/recordedBook.ts";

/**
 * @param brackets - maintenance by size, instead of the instrument's own function
 * @param matcher - its orders
 * @param recorded - what a recording plays into them
 */
export function createMarket(
  instrument: Instrument,
  brackets: readonly MarginBracket[] | undefined,
  matcher: Matcher,
  recorded: RecordedBook,
): Market {
  return {
    id: instrument.id,
    instrument,
    matcher,
    recorded,
    hollow: { buy: { price: 0, size: 0 }, sell: { price: 0, size: 0 } },
    lost: false,
    unit: gridsOf(instrument).unit,
    lotUnit: sizeToBig(instrument, lots(1)),
    orders: [],
    taker: undefined,
    recordedTaker: 0,
    updateId: 0,
    tradeId: 0,
    changedBids: { prices: new Int32Array(64), count: 0 },
    changedAsks: { prices: new Int32Array(64), count: 0 },
    trades: createHistory(1_000),
    lastPrice: 0,
    mark: undefined,
    premium: 0,
    samples: 0,
    triggers: [],
    brackets,
  };
}

/** Says that the size at a price is other than before. */
export function touch(market: Market, side: "buy" | "sell", price: number): void {
  const list = side === "buy" ? market.changedBids : market.changedAsks;
  if (list.count === list.prices.length) {
    const longer = new Int32Array(list.count * 2);
    longer.set(list.prices);
    list.prices = longer;
  }
  list.prices[list.count] = price;
  list.count += 1;
}

/** Whether a price was touched since the last depth fact. */
export function isTouched({ changedBids, changedAsks }: Market): boolean {
  return changedBids.count + changedAsks.count > 0;
}

/**
 * The depth fact of everything since the last one, or `undefined`.
 *
 * @param heard - whether anybody hears it: nothing is made for nobody, but ids go on
 */
export function depthOf(market: Market, at: SimFact["at"], heard: boolean): SimFact | undefined {
  const { changedBids, changedAsks } = market;
  const touched = changedBids.count + changedAsks.count;
  if (touched === 0) return undefined;
  if (!heard || market.lost) {
    changedBids.count = 0;
    changedAsks.count = 0;
    market.updateId += touched;
    return undefined; // of a book that is not known nothing is told: the next fact does not follow on
  }
  const first = market.updateId + 1;
  const bids = levelsOf(market, changedBids, "buy");
  const asks = levelsOf(market, changedAsks, "sell");
  market.updateId += bids.length + asks.length; // one id a level, as the venue counts
  return { at, type: "depth", instrument: market.id, first, last: market.updateId, bids, asks };
}

/** The levels of a list, each once, as they are now; empties the list. */
function levelsOf({ matcher }: Market, list: PriceList, side: "buy" | "sell"): Level[] {
  const levels: Level[] = [];
  const { prices, count } = list;
  const touch = side === "buy" ? matcher.bid : matcher.ask;
  matcher.round();
  for (let place = 0; place < count; place++) {
    const price = prices[place] ?? 0;
    if (!matcher.once(price)) continue;
    const isThere = side === "buy" ? price <= touch : touch > 0 && price >= touch;
    levels.push([price as Ticks, (isThere ? matcher.sizeAt(price) : 0) as Lots]); // whole: the matcher holds nothing else
  }
  list.count = 0;
  return levels;
}

/** A recording has lost the book, or knows it again. Then all of it is told, after ids that do not follow on. */
export function setLost(market: Market, lost: boolean): void {
  if (market.lost === lost) return;
  market.lost = lost;
  market.updateId += 1;
  const { matcher } = market;
  for (let price = matcher.bid; price > 0; price = matcher.below(price - 1)) touch(market, "buy", price);
  for (let price = matcher.ask; price > 0; price = matcher.above(price + 1)) touch(market, "sell", price);
}

/** The best `depth` levels of each side; none while the book is lost. */
export function bookOf(market: Market, depth: number, at: SimFact["at"]): SimBook {
  const { matcher, lost } = market;
  const bids: Level[] = [];
  const asks: Level[] = [];
  if (lost) return { lastUpdateId: market.updateId, at, bids, asks };
  for (let price = matcher.bid; price > 0 && bids.length < depth; price = matcher.below(price - 1))
    bids.push([price as Ticks, matcher.sizeAt(price) as Lots]); // whole, from the ladder
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
