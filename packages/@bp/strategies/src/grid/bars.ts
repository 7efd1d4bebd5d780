// Volatility over bars of fixed length, so that it does not depend on how often somebody looks.
import { type Millis, millis } from "@bp/core";
import type { GridParams } from "./params.ts";

/** Closed bars, as far back as they are needed. */
export interface Bars {
  /** End of the bar that is open; 0: none yet. */
  readonly ends: Millis;
  /** The price now, which becomes the open bar's close. */
  readonly price: number;
  readonly close: number | undefined;
  /** `close / close before - 1`, oldest first. */
  readonly returns: readonly number[];
}

/** No bar yet. */
export const noBars: Bars = { ends: millis(0), price: 0, close: undefined, returns: [] };

/** Lets the price of a moment into the bars. A bar in which nothing was seen closes where the one before did. */
export function watched(bars: Bars, now: Millis, price: number, { barMs, bars: kept }: GridParams["volatility"]): Bars {
  if (bars.ends === 0) return { ...bars, ends: millis(now - (now % barMs) + barMs), price };
  if (now < bars.ends) return price === bars.price ? bars : { ...bars, price };
  let { close, returns } = bars;
  let ends: number = bars.ends;
  for (; ends <= now && ends < bars.ends + (kept + 1) * barMs; ends += barMs) {
    if (close !== undefined) returns = [...returns, bars.price / close - 1].slice(-kept);
    close = bars.price;
  }
  return { ends: millis(now - (now % barMs) + barMs), price, close, returns };
}

/** Deviation of the returns, as a fraction; `undefined` until there are enough bars. */
export function deviationOf(returns: readonly number[], bars: number): number | undefined {
  if (returns.length < bars) return undefined;
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  return Math.sqrt(returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / returns.length);
}

/** What new orders are multiplied by: more in quiet markets, less in wild ones, 1 while it is off or not known. */
export function volatilityFactor(deviation: number | undefined, volatility: GridParams["volatility"]): string {
  if (!volatility.enabled || deviation === undefined) return "1";
  if (deviation < Number(volatility.quiet)) return volatility.quietFactor;
  return deviation > Number(volatility.wild) ? volatility.wildFactor : "1";
}
