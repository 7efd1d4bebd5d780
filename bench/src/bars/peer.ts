// The peer of backtest/sma-candles: the npm package grademark, given the signals; it knows neither fees nor sizes.
import { createRequire } from "node:module";
import type { BarColumns } from "@bp/backtest";
import { backtest, type IBar, type IStrategy } from "grademark";
import { type Filled, fast, slow } from "./candles.ts";

interface Signalled extends IBar {
  readonly signal: number;
}

/** Ready to run as often as wished. */
export function grademarkPlayer({ count, at, open, high, low, close, volume }: BarColumns): () => Filled {
  const require = createRequire(createRequire(import.meta.url).resolve("grademark"));
  const { DataFrame } = require("data-forge") as { DataFrame: new (rows: readonly Signalled[]) => Frame }; // its own
  type Frame = Parameters<typeof backtest<Signalled, Signalled, object, number>>[1];
  let quick = 0;
  let calm = 0;
  const rows = Array.from({ length: count }, (_, bar): Signalled => {
    const last = close[bar] ?? 0;
    quick += last - (close[bar - fast] ?? 0);
    calm += last - (close[bar - slow] ?? 0);
    const signal = bar + 1 >= slow && quick * slow > calm * fast ? 1 : 0;
    const [first = 0, top = 0, bottom = 0, traded = 0] = [open[bar], high[bar], low[bar], volume[bar]];
    return { time: new Date(at[bar] ?? 0), open: first, high: top, low: bottom, close: last, volume: traded, signal };
  });
  const frame = new DataFrame(rows);
  const strategy: IStrategy<Signalled, Signalled, object> = {
    entryRule: (enter, { bar }) => {
      if (bar.signal === 1) enter();
    },
    exitRule: (exit, { bar }) => {
      if (bar.signal === 0) exit();
    },
  };
  const places = new Map(rows.map(({ time }, bar) => [time.getTime(), bar]));
  return () => {
    const bars: number[] = [];
    const prices: number[] = [];
    const put = (time: Date, price: number) => {
      bars.push(places.get(time.getTime()) ?? -1);
      prices.push(price);
    };
    for (const { entryTime, entryPrice, exitTime, exitPrice, exitReason } of backtest(strategy, frame)) {
      put(entryTime, entryPrice);
      if (exitReason !== "finalize") put(exitTime, exitPrice);
    }
    return { bars, prices, equity: undefined };
  };
}
