// The limit of backtest/sma-candles: one loop over two columns, two sums, long or flat.
import type { BarColumns } from "@bp/backtest";
import { begin, type Filled, fast, fee, slow } from "./candles.ts";

/** Plays all candles; answers with the equity at the end. `fills` is told each order. */
export function loop({ count, open, close }: BarColumns, fills?: (bar: number, price: number) => void): number {
  // places are inside of the columns
  let quick = 0;
  let calm = 0;
  let cash = begin;
  let size = 0;
  let wish = false;
  for (let bar = 0; bar < count; bar++) {
    if (wish !== size > 0) {
      const price = open[bar] as number;
      if (wish) {
        size = cash / (price * (1 + fee));
        cash -= size * price * (1 + fee);
      } else {
        cash += size * price * (1 - fee);
        size = 0;
      }
      fills?.(bar, price);
    }
    const last = close[bar] as number;
    quick += last - (bar < fast ? 0 : (close[bar - fast] as number));
    calm += last - (bar < slow ? 0 : (close[bar - slow] as number));
    wish = bar + 1 >= slow && quick * slow > calm * fast;
  }
  return cash + size * (close[count - 1] as number);
}

/** Its orders. */
export function loopFilled(bars: BarColumns): Filled {
  const filled = { bars: [] as number[], prices: [] as number[] };
  const equity = loop(bars, (bar, price) => {
    filled.bars.push(bar);
    filled.prices.push(price);
  });
  return { ...filled, equity };
}
