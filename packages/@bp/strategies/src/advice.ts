// Advice for a person who looks at a market before quoting on it: pressure of the book, trend, volatility, and what follows from them.
import { Big } from "@bp/core";

/** Price and size of a level; decimal text as the venue tells it. */
export type TextLevel = readonly [price: string, size: string];

/** Which side of a book is heavier. */
export interface BookPressure {
  /** (bids - asks) / (bids + asks) of the sizes, -1 to 1; 0 for an empty book. */
  readonly imbalance: number;
  /** Beyond 0.2 either way; 0.2 itself is `none`. */
  readonly pressure: "buy" | "sell" | "none";
  /** Base: the mean of what both sides offer. */
  readonly liquidity: number;
}

/** Sums up the levels that are given, ten a side in the menu. */
export function bookPressure(bids: readonly TextLevel[], asks: readonly TextLevel[]): BookPressure {
  const sum = (levels: readonly TextLevel[]) => levels.reduce((total, [, size]) => total.plus(size), new Big(0));
  const [bid, ask] = [sum(bids), sum(asks)];
  const both = bid.plus(ask);
  const imbalance = both.eq(0) ? 0 : bid.minus(ask).div(both).toNumber();
  return {
    imbalance,
    pressure: imbalance > 0.2 ? "buy" : imbalance < -0.2 ? "sell" : "none",
    liquidity: both.div(2).toNumber(),
  };
}

/** Where the averages of the last 5, 20 and 50 closes stand to one another. */
export interface Trend {
  /** `up`: the short above the middle above the long; `down`: the other way; `flat`: neither, or too few candles to say. */
  readonly direction: "up" | "down" | "flat";
  /** Quote per base; `undefined` while there are fewer candles. */
  readonly averages: {
    readonly short: number | undefined;
    readonly middle: number | undefined;
    readonly long: number | undefined;
  };
}

/**
 * The trend by the averages of the last 5, 20 and 50 closes.
 *
 * @param closes - quote per base, oldest first
 */
export function trendOf(closes: readonly number[]): Trend {
  const averages = { short: meanOf(closes, 5), middle: meanOf(closes, 20), long: meanOf(closes, 50) };
  const { short, middle, long } = averages;
  if (short === undefined || middle === undefined || long === undefined) return { direction: "flat", averages };
  const direction = short > middle && middle > long ? "up" : short < middle && middle < long ? "down" : "flat";
  return { direction, averages };
}

function meanOf(values: readonly number[], count: number): number | undefined {
  if (values.length < count) return undefined;
  return values.slice(-count).reduce((sum, value) => sum + value, 0) / count;
}

/**
 * Standard deviation (of the whole, not of a sample) of the last 20 simple returns, in percent.
 *
 * @param closes - quote per base above 0, oldest first; of fewer than 21 all are taken
 * @returns `undefined` for fewer than two closes
 */
export function returnVolatilityPct(closes: readonly number[]): number | undefined {
  const used = closes.slice(-21);
  if (used.length < 2) return undefined;
  const returns = used.slice(1).map((close, at) => close / (used[at] ?? close) - 1);
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  return Math.sqrt(returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / returns.length) * 100;
}

/** A fifth of the volatility, but 0.2 to 2.0; all in percent. */
export function suggestedSpreadPct(volatilityPct: number): number {
  return Math.min(2, Math.max(0.2, volatilityPct * 0.2));
}

/** Levels a side: 5 where more than 10 base stand on a side in the mean, 2 where less than 1 does, else 3. */
export function suggestedOrders(liquidity: number): 2 | 3 | 5 {
  return liquidity > 10 ? 5 : liquidity < 1 ? 2 : 3;
}

/** A target share of base and the drift that is left alone, each with the range that is sensible; percent and percentage points. */
export interface RebalanceAdvice {
  readonly baseTargetPct: number;
  readonly targetRange: readonly [low: number, high: number];
  readonly thresholdPct: number;
  readonly thresholdRange: readonly [low: number, high: number];
}

/** Less base the more it swings: above 5 % 20/10, from 2 % to 5 % (both included) 30/15, below 35/20. */
export function rebalanceAdvice(volatilityPct: number): RebalanceAdvice {
  if (volatilityPct > 5)
    return { baseTargetPct: 20, targetRange: [20, 25], thresholdPct: 10, thresholdRange: [10, 12] };
  if (volatilityPct >= 2)
    return { baseTargetPct: 30, targetRange: [25, 35], thresholdPct: 15, thresholdRange: [12, 18] };
  return { baseTargetPct: 35, targetRange: [30, 40], thresholdPct: 20, thresholdRange: [15, 25] };
}

/** What rebalancing aims at, in quote, decimal text. */
export interface RebalanceSimulation {
  /** Value of base at the target, and the quote beside it. */
  readonly base: string;
  readonly quote: string;
  /** Base is sold once it is worth more; `undefined`: that cannot be. */
  readonly sellAbove: string | undefined;
  /** Base is bought once it is worth less; `undefined`: that cannot be. */
  readonly buyBelow: string | undefined;
}

/**
 * What rebalancing would do to a wallet.
 *
 * @param total - worth of base and quote together, in quote
 * @param targetPct - share of base, 0 to 100
 * @param thresholdPct - percentage points of drift that are left alone, above 0
 */
export function simulateRebalance(
  total: string,
  targetPct: string | number,
  thresholdPct: string | number,
): RebalanceSimulation {
  const all = new Big(total);
  const base = all.times(targetPct).div(100);
  const slack = all.times(thresholdPct).div(100);
  const [low, high] = [base.minus(slack), base.plus(slack)];
  return {
    base: base.toFixed(),
    quote: all.minus(base).toFixed(),
    sellAbove: high.lt(all) ? high.toFixed() : undefined,
    buyBelow: low.gt(0) ? low.toFixed() : undefined,
  };
}
