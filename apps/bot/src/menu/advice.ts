// What items 4, 7 and 8 of the menu say: the book, the market, and what rebalancing would do.
import {
  bookPressure,
  rebalanceAdvice,
  returnVolatilityPct,
  simulateRebalance,
  suggestedOrders,
  suggestedSpreadPct,
  trendOf,
} from "@bp/strategies";
import type { Desk, DeskCandle } from "./desk.ts";
import type { MenuWords } from "./words.ts";

type DeskBook = Awaited<ReturnType<Desk["book"]>>;

/** Ten levels a side, the best in the middle, and which side is heavier. */
export function bookLines({ bids, asks }: DeskBook, say: MenuWords): readonly string[] {
  const line = ([price, size]: readonly [string, string]) => `${price.padStart(14)}  ${size}`;
  const { imbalance, pressure } = bookPressure(bids, asks);
  return [
    say.asks,
    ...asks.toReversed().map(line),
    say.bids,
    ...bids.map(line),
    `${say.imbalance}: ${imbalance.toFixed(3)} (${say.pressure[pressure]})`,
  ];
}

/** Trend, volatility, and the spread, orders and rebalancing that follow from them. */
export function analysisLines(candles: readonly DeskCandle[], book: DeskBook, say: MenuWords): readonly string[] {
  const closes = candles.map(({ close }) => Number(close)); // an opinion, not money
  const { direction, averages } = trendOf(closes);
  const shown = (value: number | undefined) => value?.toPrecision(6) ?? say.empty;
  const volatility = returnVolatilityPct(closes);
  const lines = [
    `MA 5 / 20 / 50: ${shown(averages.short)} / ${shown(averages.middle)} / ${shown(averages.long)} (${say.trend[direction]})`,
    `${say.volatility}: ${volatility === undefined ? say.empty : `${volatility.toFixed(2)} %`}`,
  ];
  if (volatility === undefined) return lines;
  const { baseTargetPct, targetRange, thresholdPct, thresholdRange } = rebalanceAdvice(volatility);
  return [
    ...lines,
    `${say.suggestedSpread}: ${suggestedSpreadPct(volatility).toFixed(2)} %`,
    `${say.suggestedOrders}: ${suggestedOrders(bookPressure(book.bids, book.asks).liquidity)}`,
    `${say.suggestedRebalance}: ${baseTargetPct} (${targetRange.join("–")}) / ${thresholdPct} (${thresholdRange.join("–")})`,
  ];
}

/** What a wallet of 1000 USDC would be kept at. */
export function simulationLines(target: string, threshold: string, say: MenuWords): readonly string[] {
  const { base, quote, sellAbove, buyBelow } = simulateRebalance("1000", target, threshold);
  return [say.simulation, `${base} / ${quote}`, `> ${sellAbove ?? say.empty}, < ${buyBelow ?? say.empty}`];
}
